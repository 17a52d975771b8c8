export { type CudaBackendOptions, createCudaBackend, cudaEntry } from './cudaBackend.js';
export type { CudaPlan, Launch, Slot } from './cudaPlan.js';
export { CudaError, type CudaErrorFields } from './driver/cudaError.js';
export type { LibraryOptions } from './driver/findLibraries.js';
export { type CompileTarget, KernelSourceError } from './driver/nvrtc.js';
export type { CudaOptions } from './driver/openCuda.js';
export type { TensorFormat } from './emit/contractionForm.js';
export { type PrintOptions, printCudaPlan } from './emit/printCudaPlan.js';
