import { testLayer } from '../../testing/layerSuite.js';
import { MaskBlock, maskBlock } from './maskBlock.js';

testLayer(MaskBlock, maskBlock as never);
