import { testLayer } from '../../testing/layerSuite.js';
import { SumProduct, sumProduct } from './sumProduct.js';

testLayer(SumProduct, sumProduct as never);
