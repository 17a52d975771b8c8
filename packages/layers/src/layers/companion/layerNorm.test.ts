import { testLayer } from '../../testing/layerSuite.js';
import { LayerNorm, layerNorm } from './layerNorm.js';

testLayer(LayerNorm, layerNorm as never);
