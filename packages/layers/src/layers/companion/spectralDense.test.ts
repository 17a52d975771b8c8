import { testLayer } from '../../testing/layerSuite.js';
import { SpectralDense, spectralDense } from './spectralDense.js';

testLayer(SpectralDense, spectralDense as never);
