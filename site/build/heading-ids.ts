import type { SatteriProcessorOptions } from '@astrojs/markdown-satteri';
import { toId } from '../text/heading-id.ts';

type HastPlugin = NonNullable<SatteriProcessorOptions['hastPlugins']>[number];

/** Gives every heading of a document an id in plain letters ("Vết ố" → `vet-o`), unique and never starting with a digit. */
export const headingIds: HastPlugin = () => {
  const seen = new Map<string, number>();
  return {
    name: 'plain-heading-ids',
    element: {
      filter: ['h2', 'h3', 'h4'],
      visit(node, context) {
        const id = toId(context.textContent(node));
        const count = seen.get(id) ?? 0;
        seen.set(id, count + 1);
        context.setProperty(node, 'id', count === 0 ? id : `${id}-${count + 1}`);
      },
    },
  };
};
