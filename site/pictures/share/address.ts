import { hash } from 'node:crypto';

/** Rises with every change of how card.ts draws, so that pictures get new addresses. */
const DESIGN = 3;

/** What a page's picture for sharing shows. */
export interface ShareCard {
  title: string;
  /** Name of the tile motif. */
  motif: string;
  /** The company's name, which stands below. */
  name: string;
}

/** Path of a picture in the site. It holds the motif and a hash of all that the picture shows, so browsers may keep it for ever. */
export function shareAddress(card: ShareCard, shapes: string): string {
  const shown = [DESIGN, card.title, card.name, shapes].join('\n');
  return `/chia-se/${card.motif}-${hash('sha256', shown).slice(0, 12)}.png`;
}

/** The motif that a picture's address names. */
export function motifOf(address: string): string {
  return /\/([^/]+)-[0-9a-f]{12}\.png$/.exec(address)?.[1] ?? '';
}
