import { CondConv2d } from './condConv2d.js';
import { CondDense } from './condDense.js';
import { Film } from './film.js';
import { HyperDense } from './hyperDense.js';
import { HyperNetwork } from './hyperNetwork.js';

/** The wrappers of the hyper family. */
export const hyperClasses = [HyperDense, HyperNetwork, Film, CondDense, CondConv2d] as const;
