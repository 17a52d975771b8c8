export { collapseTaylor } from './collapseTaylor.js';
export { type TaylorConfig, type TaylorMode, taylorSpec } from './taylor.js';
