export { browserVariable, findBrowser, softwareFlags } from '@polyneuron/bench/node';
export { bundle } from './bundle.js';
export { hasBrowser } from './hasBrowser.js';
export { openPage, type TestPage } from './openPage.js';
