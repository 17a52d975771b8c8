export type { CudaPlan, Launch, Slot } from './cudaPlan.js';
