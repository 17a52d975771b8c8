import { testLayer } from '../../testing/layerSuite.js';
import { Ffm, ffm } from './ffm.js';

testLayer(Ffm, ffm as never);
