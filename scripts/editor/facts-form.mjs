// Runs in Node for the check and in the browser for the editor at /admin/, so that both write the same file.
import { groupDigits, readGrouped } from './grouped-number.mjs';

/**
 * The form of a facts file: its fields in order, or the form of its items.
 * @typedef {object} Shape
 * @property {{ name: string, fill?: unknown, shape?: Shape }[]} [fields] `fill` is written where nothing was given
 * @property {Shape} [items]
 * @property {true} [grouped] a number that the editor's form shows and takes as text, "250.000"
 */

/**
 * A facts file in its canonical form: keys in order, empty optional fields present, indented by two spaces, NFC.
 * @param {unknown} data
 * @param {Shape} shape
 * @returns {string}
 */
export function formatFacts(data, shape) {
  return `${JSON.stringify(arrange(data, shape), null, 2)}\n`.normalize('NFC');
}

/**
 * Facts as the editor's form takes them: each grouped number as text, "250.000", or empty where the file has none.
 * @param {unknown} data
 * @param {Shape | undefined} shape
 * @returns {unknown}
 */
export function toForm(data, shape) {
  if (shape?.grouped) return typeof data === 'number' ? groupDigits(data) : (data ?? '');
  if (Array.isArray(data)) return data.map((item) => toForm(item, shape?.items));
  if (typeof data !== 'object' || data === null) return data;
  const given = /** @type {Record<string, unknown>} */ (data);
  const shown = (shape?.fields ?? []).flatMap(({ name, shape: inner }) =>
    name in given || inner?.grouped ? [[name, toForm(given[name], inner)]] : [],
  );
  return { ...given, ...Object.fromEntries(shown) };
}

/**
 * @param {unknown} value
 * @param {Shape | undefined} shape
 * @returns {unknown}
 */
function arrange(value, shape) {
  if (shape?.grouped) return typeof value === 'string' ? (readGrouped(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((item) => arrange(item, shape?.items));
  if (typeof value !== 'object' || value === null) return value;
  const given = /** @type {Record<string, unknown>} */ (value);
  const fields = shape?.fields ?? [];
  const known = fields.flatMap(({ name, fill, shape: inner }) => {
    const left = isGap(given[name]) || (inner?.grouped && given[name] === '');
    const one = left ? fill : given[name];
    return one === undefined ? [] : [[name, arrange(one, inner)]];
  });
  const unknown = Object.entries(given).filter(
    ([name]) => !fields.some((field) => field.name === name),
  );
  return Object.fromEntries([...known, ...unknown]);
}

/** @param {unknown} value */
function isGap(value) {
  return value === undefined || value === null;
}
