export { CondConv2d, condConv2d } from './condConv2d.js';
export { CondDense, condDense } from './condDense.js';
export { Film, film } from './film.js';
export { HyperDense, hyperDense } from './hyperDense.js';
export { HyperNetwork, hyperNetwork } from './hyperNetwork.js';
