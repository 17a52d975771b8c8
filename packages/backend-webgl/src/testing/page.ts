export { largeLayerConformance, layerConformance } from './layerConformance.js';
export { opConformance } from './opConformance.js';
