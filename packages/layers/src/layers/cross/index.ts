export { FeatureCross, featureCross } from './featureCross.js';
