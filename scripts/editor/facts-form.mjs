// Runs in Node for the check and in the browser for the editor at /admin/, so that both write the same file.

/**
 * The form of a facts file: its fields in order, or the form of its items.
 * @typedef {object} Shape
 * @property {{ name: string, fill?: unknown, shape?: Shape }[]} [fields] `fill` is written where nothing was given
 * @property {Shape} [items]
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
 * @param {unknown} value
 * @param {Shape | undefined} shape
 * @returns {unknown}
 */
function arrange(value, shape) {
  if (Array.isArray(value)) return value.map((item) => arrange(item, shape?.items));
  if (typeof value !== 'object' || value === null) return value;
  const given = /** @type {Record<string, unknown>} */ (value);
  const fields = shape?.fields ?? [];
  const known = fields.flatMap(({ name, fill, shape: inner }) => {
    const one = isGap(given[name]) ? fill : given[name];
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
