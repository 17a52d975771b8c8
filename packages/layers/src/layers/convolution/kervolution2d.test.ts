import { testLayer } from '../../testing/layerSuite.js';
import { Kervolution2d, kervolution2d } from './kervolution2d.js';

testLayer(Kervolution2d, kervolution2d as never);
