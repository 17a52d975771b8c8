import { testLayer } from '../../testing/layerSuite.js';
import { RbfKan, rbfKan } from './rbfKan.js';

testLayer(RbfKan, rbfKan as never);
