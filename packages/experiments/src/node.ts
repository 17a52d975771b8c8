export { imageDirectory } from './imageDirectory.js';
export * from './index.js';
