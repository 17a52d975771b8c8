import { testLayer } from '../../testing/layerSuite.js';
import { EulerInteraction, eulerInteraction } from './eulerInteraction.js';

testLayer(EulerInteraction, eulerInteraction as never);
