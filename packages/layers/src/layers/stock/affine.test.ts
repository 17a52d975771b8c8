import { testLayer } from '../../testing/layerSuite.js';
import { Affine, affine } from './affine.js';

testLayer(Affine, affine as never);
