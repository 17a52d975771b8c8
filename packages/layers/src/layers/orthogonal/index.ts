export { Householder, householder } from './householder.js';
