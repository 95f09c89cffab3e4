/** A value that a page's blank can hold. */
export type FillValue =
  string | number | boolean | null | undefined | readonly FillValue[] | FillData;

/** What a page is filled with: names as the page's markers use them, dotted for nesting. */
export interface FillData {
  readonly [name: string]: FillValue;
}

/** The value of a dotted name in the innermost scope that knows its first part; `.` is the row itself. */
export function lookUp(scopes: readonly FillValue[], name: string): FillValue {
  if (name === '.') return scopes.at(-1);
  const [first = '', ...rest] = name.split('.');
  const home = scopes.findLast((scope): scope is FillData => isData(scope) && first in scope);
  return rest.reduce<FillValue>(
    (value, part) => (isData(value) ? value[part] : undefined),
    home?.[first],
  );
}

function isData(value: FillValue): value is FillData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
