import type { Page } from '../../shell/page.js';

/** The list of layers, then one page per layer. */
export const layerPages: readonly Page[] = [
  {
    path: '/layers/',
    title: 'Layers',
    description: 'Layers whose neurons multiply their inputs.',
    entry: 'text',
    content: () => <h1>Layers</h1>,
  },
];
