import { testLayer } from '../../testing/layerSuite.js';
import { Bilinear, bilinear } from './bilinear.js';

testLayer(Bilinear, bilinear as never);
