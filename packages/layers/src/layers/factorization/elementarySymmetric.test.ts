import { testLayer } from '../../testing/layerSuite.js';
import { ElementarySymmetric, elementarySymmetric } from './elementarySymmetric.js';

testLayer(ElementarySymmetric, elementarySymmetric as never);
