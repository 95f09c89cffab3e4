/** Programs that name themselves: crawlers, previews of links, monitors and command lines. */
const PROGRAMS =
  /bot\b|bots\b|crawl|spider|slurp|preview|facebookexternalhit|zalo(?:bot|pc)?crawler|lighthouse|pagespeed|monitor|uptime|curl|wget|python|libwww|java\/|okhttp|go-http|axios|scrapy|phantom|headless|externalagent|externalfetcher|(?:chatgpt|claude|perplexity)-user|whatsapp|google-?(?:inspection|other)|mediapartners|^node\b|undici/i;

/** Whether a request that reports a visit tells by itself that no person is reading: a program, a page loaded ahead, another site's script. */
export function isProgram(headers: Headers): boolean {
  const site = headers.get('Sec-Fetch-Site') ?? 'same-origin';
  const purpose = `${headers.get('Sec-Purpose') ?? ''} ${headers.get('Purpose') ?? ''}`;
  const agent = headers.get('User-Agent') ?? '';
  return (
    site !== 'same-origin' ||
    /prefetch|prerender|preview/i.test(purpose) ||
    agent === '' ||
    PROGRAMS.test(agent)
  );
}
