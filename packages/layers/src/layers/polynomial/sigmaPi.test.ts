import { testLayer } from '../../testing/layerSuite.js';
import { SigmaPi, sigmaPi } from './sigmaPi.js';

testLayer(SigmaPi, sigmaPi as never);
