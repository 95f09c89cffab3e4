const rendered = new Map<string, Promise<string>>();

/** The HTML that `render` makes, rendered once a key in a build; in `astro dev` each time, so that an edit shows. */
export function renderOnce(key: string, render: () => Promise<string>): Promise<string> {
  const known = import.meta.env.DEV ? undefined : rendered.get(key);
  if (known !== undefined) return known;
  const html = render();
  rendered.set(key, html);
  return html;
}
