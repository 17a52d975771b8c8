import { testLayer } from '../../testing/layerSuite.js';
import { Afm, afm } from './afm.js';

testLayer(Afm, afm as never);
