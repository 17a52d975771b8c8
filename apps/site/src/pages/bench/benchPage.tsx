import type { Page } from '../../shell/page.js';

export const benchPage: Page = {
  path: '/bench/',
  title: 'Benchmark',
  description: 'Benchmark',
  entry: 'bench',
  content: () => <h1>Benchmark</h1>,
};
