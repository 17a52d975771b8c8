import { testLayer } from '../../testing/layerSuite.js';
import { HyperNetwork, hyperNetwork } from './hyperNetwork.js';

testLayer(HyperNetwork, hyperNetwork as never);
