import { testLayer } from '../../testing/layerSuite.js';
import { QuadConv2d, quadConv2d } from './quadConv2d.js';

testLayer(QuadConv2d, quadConv2d as never);
