export { Taylor, taylor } from './taylor.js';
