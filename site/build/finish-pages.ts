import type { AstroPrerenderer } from 'astro';

/** Changes the HTML of a page before it is written; the path begins and ends with a slash. */
export type Finish = (path: string, html: string) => string;

/** Wraps a prerenderer so that `finish` changes every page; other files (feeds, robots.txt) stay as they are. */
export function finishPages(prerenderer: AstroPrerenderer, finish: Finish): AstroPrerenderer {
  return {
    ...prerenderer,
    render: async (request, options) => {
      const result = await prerenderer.render(request, options);
      if (options.routeData.type !== 'page') return result;
      const isBare = result instanceof Response;
      const response = isBare ? result : result.response;
      const html = new TextDecoder().decode(await response.arrayBuffer());
      const finished = finish(new URL(request.url).pathname, html);
      const changed = new Response(finished, response);
      return isBare ? changed : { ...result, response: changed };
    },
  };
}
