import type { CollectionEntry } from 'astro:content';
import type { Clip } from '../pictures/clips.ts';
import { fromVietnam } from '../../shared/time.ts';
import type { Thing } from './thing.ts';

/** A clip of our own by the facts that stand beside it. */
export function videoThing(entry: CollectionEntry<'video'>, clip: Clip, site: URL): Thing {
  const { title, description, pubDate, seconds } = entry.data;
  return {
    '@type': 'VideoObject',
    name: title,
    description,
    uploadDate: fromVietnam(pubDate, '00:00').toISOString(),
    duration: `PT${seconds}S`,
    contentUrl: new URL(clip.film, site).href,
    thumbnailUrl: new URL(clip.poster, site).href,
    inLanguage: 'vi',
  };
}
