import type { Page } from '../../shell/page.js';

export const experimentsPage: Page = {
  path: '/experiments/',
  title: 'Experiments',
  description: 'Experiments',
  entry: 'experiments',
  content: () => <h1>Experiments</h1>,
};
