import { testLayer } from '../../testing/layerSuite.js';
import { CrossMix, crossMix } from './crossMix.js';

testLayer(CrossMix, crossMix as never);
