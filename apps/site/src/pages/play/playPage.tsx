import type { Page } from '../../shell/page.js';
import { PlayContent } from './PlayContent.js';

export const playPage: Page = {
  path: '/play/',
  title: 'Playground',
  description:
    'Build a network of multiplicative layers next to a dense rival, train both in your browser, and read the formula that comes out.',
  entry: 'play',
  next: { path: '/experiments/', text: 'see published claims measured again' },
  content: () => <PlayContent />,
};
