export { Kervolution2d, kervolution2d } from './kervolution2d.js';
export { QuadConv2d, quadConv2d } from './quadConv2d.js';
export { Volterra2d, volterra2d } from './volterra2d.js';
