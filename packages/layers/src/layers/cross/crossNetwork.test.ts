import { testLayer } from '../../testing/layerSuite.js';
import { CrossNetwork, crossNetwork } from './crossNetwork.js';

testLayer(CrossNetwork, crossNetwork as never);
