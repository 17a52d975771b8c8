import { testLayer } from '../../testing/layerSuite.js';
import { CondDense, condDense } from './condDense.js';

testLayer(CondDense, condDense as never);
