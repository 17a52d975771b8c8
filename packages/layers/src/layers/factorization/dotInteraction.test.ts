import { testLayer } from '../../testing/layerSuite.js';
import { DotInteraction, dotInteraction } from './dotInteraction.js';

testLayer(DotInteraction, dotInteraction as never);
