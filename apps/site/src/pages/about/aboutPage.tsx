import type { Page } from '../../shell/page.js';

export const aboutPage: Page = {
  path: '/about/',
  title: 'About',
  description: 'About',
  entry: 'text',
  content: () => <h1>About</h1>,
};
