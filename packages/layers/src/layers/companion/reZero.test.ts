import { testLayer } from '../../testing/layerSuite.js';
import { ReZero, reZero } from './reZero.js';

testLayer(ReZero, reZero as never);
