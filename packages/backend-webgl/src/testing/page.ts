export { blockConformance } from './blockConformance.js';
export { loseContext } from './contextLoss.js';
export { errorsOf } from './errors.js';
export { integerConformance, specialConformance } from './extremes.js';
export { largeLayerConformance, layerConformance } from './layerConformance.js';
export { opConformance } from './opConformance.js';
export { clippingConformance, optimizerConformance } from './optimizerConformance.js';
export { fitModel, tensorConformance } from './tfjsTensors.js';
export { differingBits, trainingConformance } from './training.js';
