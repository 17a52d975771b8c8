import { testLayer } from '../../testing/layerSuite.js';
import { SwigluFeedForward, swigluFeedForward } from './swigluFeedForward.js';

testLayer(SwigluFeedForward, swigluFeedForward as never);
