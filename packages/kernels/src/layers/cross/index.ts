export { type FeatureCrossConfig, featureCrossSpec } from './featureCross.js';
