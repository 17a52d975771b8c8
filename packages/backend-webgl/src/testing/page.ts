export { allOps, opConformance } from './opConformance.js';
