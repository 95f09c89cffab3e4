/** A schema.org thing, as JSON-LD writes it; entries that are undefined are left out. */
export interface Thing {
  '@type': string;
  [property: string]: unknown;
}

/** Things as the text of a JSON-LD script; no `<` in it can end the script. */
export function toJsonLd(things: readonly Thing[]): string {
  const graph = { '@context': 'https://schema.org', '@graph': things };
  return JSON.stringify(graph).replaceAll('<', '\\u003c');
}
