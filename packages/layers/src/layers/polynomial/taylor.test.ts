import { testLayer } from '../../testing/layerSuite.js';
import { Taylor, taylor } from './taylor.js';

testLayer(Taylor, taylor as never);
