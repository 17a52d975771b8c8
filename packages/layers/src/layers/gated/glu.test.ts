import { testLayer } from '../../testing/layerSuite.js';
import { Glu, glu } from './glu.js';

testLayer(Glu, glu as never);
