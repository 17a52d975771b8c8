import { testLayer } from '../../testing/layerSuite.js';
import { Fmfm, fmfm } from './fmfm.js';

testLayer(Fmfm, fmfm as never);
