export { Affine, affine } from './affine.js';
