export { installTfjsKernels } from './tfjs/installTfjsKernels.js';
export { TensorEngine, type TensorEngineOptions, tensorEngineOf } from './tfjs/tensorEngine.js';
export type { TfjsWasmBackend } from './tfjs/tfjsWasmBackend.js';
