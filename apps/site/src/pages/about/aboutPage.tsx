import type { Page } from '../../shell/page.js';
import { AboutContent } from './AboutContent.js';

export const aboutPage: Page = {
  path: '/about/',
  title: 'About',
  description: 'Method, limits, versions, licences, and how every number on this site comes about.',
  entry: 'text',
  next: { path: '/', text: 'watch one neuron learn a ring' },
  content: () => <AboutContent />,
};
