import { testLayer } from '../../testing/layerSuite.js';
import { GroupNorm, groupNorm } from './groupNorm.js';

testLayer(GroupNorm, groupNorm as never);
