export { bundle } from './bundle.js';
export { browserVariable, findBrowser } from './findBrowser.js';
export { hasBrowser } from './hasBrowser.js';
export { openPage, type TestPage } from './openPage.js';
export { softwareFlags } from './softwareFlags.js';
