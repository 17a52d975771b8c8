import { testLayer } from '../../testing/layerSuite.js';
import { CondConv2d, condConv2d } from './condConv2d.js';

testLayer(CondConv2d, condConv2d as never);
