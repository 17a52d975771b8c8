import { testLayer } from '../../testing/layerSuite.js';
import { LogTransform, logTransform } from './logTransform.js';

testLayer(LogTransform, logTransform as never);
