export { fileHandler } from './fileHandler.js';
