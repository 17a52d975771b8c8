export type { CudaPlan, Launch, Slot } from './cudaPlan.js';
export { type PrintOptions, printCudaPlan } from './emit/printCudaPlan.js';
