import { aboutPage } from './pages/about/aboutPage.js';
import { benchPage } from './pages/bench/benchPage.js';
import { sourcesPage } from './pages/bench/sourcesPage.js';
import { experimentsPage } from './pages/experiments/experimentsPage.js';
import { homePage } from './pages/home/homePage.js';
import { layerPages } from './pages/layers/layerPages.js';
import { playPage } from './pages/play/playPage.js';
import type { Page } from './shell/page.js';

/** Every page of the site. */
export const pages: readonly Page[] = [
  homePage,
  playPage,
  ...layerPages,
  experimentsPage,
  benchPage,
  sourcesPage,
  aboutPage,
];
