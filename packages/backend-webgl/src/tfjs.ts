export { installTfjsKernels } from './tfjs/installTfjsKernels.js';
export { TensorEngine, tensorEngineOf } from './tfjs/tensorEngine.js';
export type { TfjsWebglBackend } from './tfjs/tfjsWebglBackend.js';
