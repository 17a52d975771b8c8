import { testLayer } from '../../testing/layerSuite.js';
import { InteractionAggregation, interactionAggregation } from './interactionAggregation.js';

testLayer(InteractionAggregation, interactionAggregation as never);
