import { testLayer } from '../../testing/layerSuite.js';
import { HyperDense, hyperDense } from './hyperDense.js';

testLayer(HyperDense, hyperDense as never);
