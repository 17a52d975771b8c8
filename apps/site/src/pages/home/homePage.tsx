import type { Page } from '../../shell/page.js';
import { HomeContent } from './HomeContent.js';

export const homePage: Page = {
  path: '/',
  title: 'Polyneuron: neurons that multiply',
  description:
    'One multiplicative neuron with 6 parameters separates a disc from a ring and hands you its exact formula. Watch it learn, in your browser.',
  entry: 'home',
  next: { path: '/play/', text: 'build a network of your own in the playground' },
  content: () => <HomeContent />,
};
