import { testLayer } from '../../testing/layerSuite.js';
import { SqueezeExcitation, squeezeExcitation } from './squeezeExcitation.js';

testLayer(SqueezeExcitation, squeezeExcitation as never);
