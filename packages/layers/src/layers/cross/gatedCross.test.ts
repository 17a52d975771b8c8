import { testLayer } from '../../testing/layerSuite.js';
import { GatedCross, gatedCross } from './gatedCross.js';

testLayer(GatedCross, gatedCross as never);
