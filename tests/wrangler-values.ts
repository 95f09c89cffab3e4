/** Values of wrangler.toml by key, for the deployed Worker and for its preview. */
export interface WranglerValues {
  live: Readonly<Record<string, string | readonly string[]>>;
  preview?: Readonly<Record<string, string | readonly string[]>>;
}

/** wrangler.toml with other values; throws where it does not have one of the keys. */
export function setWranglerValues(toml: string, { live, preview = {} }: WranglerValues): string {
  const unset = new Set([
    ...Object.keys(live).map((key) => `live ${key}`),
    ...Object.keys(preview).map((key) => `preview ${key}`),
  ]);
  let place: keyof WranglerValues = 'live';
  let isTop = true;
  const lines = toml.split('\n').map((line) => {
    if (line.startsWith('[')) isTop = false;
    if (line.startsWith('[')) place = /^\[+env\.preview[.\]]/.test(line) ? 'preview' : 'live';
    const [, key = ''] = /^(\w+) = /.exec(line) ?? [];
    const value = (place === 'live' ? live : preview)[key];
    // The Worker's own name; bindings have one too.
    if (value === undefined || (key === 'name' && !isTop)) return line;
    unset.delete(`${place} ${key}`);
    return `${key} = ${JSON.stringify(value)}`;
  });
  if (unset.size > 0) throw new Error(`wrangler.toml has no ${[...unset].join(', ')}`);
  return lines.join('\n');
}
