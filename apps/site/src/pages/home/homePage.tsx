import type { Page } from '../../shell/page.js';

export const homePage: Page = {
  path: '/',
  title: 'Polyneuron',
  description: 'Polyneuron',
  entry: 'home',
  content: () => <h1>Polyneuron</h1>,
};
