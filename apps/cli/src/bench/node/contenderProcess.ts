/** @file A process that computes for one contender of `bench`. */
import { serveParent } from '@polyneuron/bench';
import { loadNodeContenders } from './nodeContenders.js';

serveParent((threads) => loadNodeContenders([threads]));
