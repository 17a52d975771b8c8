import { testLayer } from '../../testing/layerSuite.js';
import { OrthogonalDense, orthogonalDense } from './orthogonalDense.js';

testLayer(OrthogonalDense, orthogonalDense as never);
