/** Licences that ask for no more than to keep their notice, and weak copyleft on files that are only used for building. */
const AGREED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0-or-later',
  'MIT',
  'MPL-2.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Whether every part of an "and", or one part of an "or", is agreed. */
export function isAgreed(licence: string): boolean {
  const plain = licence.replace(/[()]/g, '');
  return plain.split(/ OR /i).some((part) => part.split(/ AND /i).every((one) => AGREED.has(one)));
}

/** The installed packages by licence, the most frequent first; a package without one is under "(none)". */
export function groupLicences(
  packages: Readonly<Record<string, { license?: string }>>,
): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const [folder, { license = '(none)' }] of Object.entries(packages)) {
    if (folder === '') continue;
    const name = folder.replace(/^.*node_modules\//, '');
    groups.set(license, [...(groups.get(license) ?? []), name]);
  }
  return [...groups].toSorted(([, a], [, b]) => b.length - a.length);
}
