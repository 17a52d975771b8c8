import { testLayer } from '../../testing/layerSuite.js';
import { QuadDense, quadDense } from './quadDense.js';

testLayer(QuadDense, quadDense as never);
