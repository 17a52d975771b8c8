import { testLayer } from '../../testing/layerSuite.js';
import { FeatureCross, featureCross } from './featureCross.js';

testLayer(FeatureCross, featureCross as never);
