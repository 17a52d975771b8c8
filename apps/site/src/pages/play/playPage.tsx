import type { Page } from '../../shell/page.js';

export const playPage: Page = {
  path: '/play/',
  title: 'Playground',
  description: 'Playground',
  entry: 'play',
  content: () => <h1>Playground</h1>,
};
