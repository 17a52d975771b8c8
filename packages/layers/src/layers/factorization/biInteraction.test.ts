import { testLayer } from '../../testing/layerSuite.js';
import { BiInteraction, biInteraction } from './biInteraction.js';

testLayer(BiInteraction, biInteraction as never);
