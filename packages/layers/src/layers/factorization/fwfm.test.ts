import { testLayer } from '../../testing/layerSuite.js';
import { Fwfm, fwfm } from './fwfm.js';

testLayer(Fwfm, fwfm as never);
