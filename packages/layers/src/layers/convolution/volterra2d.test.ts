import { testLayer } from '../../testing/layerSuite.js';
import { Volterra2d, volterra2d } from './volterra2d.js';

testLayer(Volterra2d, volterra2d as never);
