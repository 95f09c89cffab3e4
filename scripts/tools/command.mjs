import process from 'node:process';
import { parseArgs } from 'node:util';

/**
 * Runs a command to its end. What it throws is printed as a message, without a stack, and the exit code is 1.
 * @param {() => Promise<boolean | void>} main `false` where it has failed and has said so itself
 * @returns {Promise<void>}
 */
export async function runCommand(main) {
  try {
    process.exitCode = (await main()) === false ? 1 : 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/**
 * The words and options after a command's name.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} Options
 * @param {string} usage thrown as the message where an option is unknown or lacks its value
 * @param {Options} options as `parseArgs` takes them
 */
export function readArguments(usage, options) {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    return { words: positionals, options: values };
  } catch (error) {
    const code = error instanceof TypeError && 'code' in error ? String(error.code) : '';
    throw code.startsWith('ERR_PARSE_ARGS') ? new Error(usage, { cause: error }) : error;
  }
}
