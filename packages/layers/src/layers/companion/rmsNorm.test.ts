import { testLayer } from '../../testing/layerSuite.js';
import { RmsNorm, rmsNorm } from './rmsNorm.js';

testLayer(RmsNorm, rmsNorm as never);
