// Runs in Node for the check and in the browser for the editor at /admin/. The one place that reads a number typed with marks.

/** A whole number as people type it: "250000", "250.000", "250,000" or "250 000"; not "12,5" and not "1.2000". */
export const GROUPED = String.raw`\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0]\d{3})+`;
const WHOLE = new RegExp(`^(?:${GROUPED})$`);

/**
 * The number that a text means, or null where it is no whole number.
 * @param {string} text
 * @returns {number | null}
 */
export function readGrouped(text) {
  const typed = text.trim();
  return WHOLE.test(typed) ? Number(typed.replace(/\D/g, '')) : null;
}

/**
 * "1.200.000"
 * @param {number} value
 * @returns {string}
 */
export function groupDigits(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, '.');
}
