export { type HouseholderConfig, householderSpec } from './householder.js';
