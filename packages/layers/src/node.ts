export { fileHandler } from './node/fileHandler.js';
