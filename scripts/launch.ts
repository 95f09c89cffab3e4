import process from 'node:process';
import { formatFindings, listFindings } from './launch/list.ts';

const [flag, env] = process.argv.slice(2);
const findings = listFindings(flag === '--env' ? env : undefined);
console.log(formatFindings(findings));
process.exitCode = findings.some(({ level }) => level === 'red') ? 1 : 0;
