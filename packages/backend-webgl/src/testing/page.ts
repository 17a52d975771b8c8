export { loseContext } from './contextLoss.js';
export { largeLayerConformance, layerConformance } from './layerConformance.js';
export { opConformance } from './opConformance.js';
export { differingBits, trainingConformance } from './training.js';
