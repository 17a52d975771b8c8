import { testLayer } from '../../testing/layerSuite.js';
import { BilinearInteraction, bilinearInteraction } from './bilinearInteraction.js';

testLayer(BilinearInteraction, bilinearInteraction as never);
