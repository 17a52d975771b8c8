import { testLayer } from '../../testing/layerSuite.js';
import { Householder, householder } from './householder.js';

testLayer(Householder, householder as never);
