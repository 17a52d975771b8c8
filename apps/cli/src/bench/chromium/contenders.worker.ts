/** @file The worker of a page that computes for one contender of `bench`. */
import { serveWorker } from '@polyneuron/bench';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { chromiumContenders } from './chromiumContenders.js';

// tfjs's banner and notices, on a console that nobody reads
enableProdMode();
serveWorker(async (threads) => chromiumContenders([threads]).map(({ spec }) => spec));
