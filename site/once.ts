const rendered = new Map<string, Promise<string>>();

/** The HTML that `render` makes, made once in a build for each key; afresh each time where pages are written by hand. */
export function renderOnce(key: string, render: () => Promise<string>): Promise<string> {
  const known = import.meta.env.DEV ? undefined : rendered.get(key);
  if (known !== undefined) return known;
  const html = render();
  rendered.set(key, html);
  return html;
}
