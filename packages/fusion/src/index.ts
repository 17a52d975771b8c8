export {
  broadcastAccess,
  contiguous,
  isSameAccess,
  reshapeAccess,
  reverseAccess,
  sliceAccess,
  transposeAccess,
} from './access.js';
export { type FedIndices, fedIndices } from './fedIndices.js';
export type {
  Access,
  ArgMaxKernel,
  Body,
  Buffer,
  BufferId,
  BufferKind,
  ContractionKernel,
  CumulativeKernel,
  GatherKernel,
  Kernel,
  LaneStatement,
  LanesKernel,
  LoopKernel,
  Plan,
  RandomKernel,
  Reduction,
  ScalarOpName,
  ScatterAddKernel,
  Statement,
  Store,
} from './plan.js';
export { type MemoryPlan, packBuffers, planMemory } from './planMemory.js';
export { type PlanOptions, planProgram } from './planProgram.js';
export { readsOf, writesOf } from './reads.js';
export { runPlan } from './runPlan.js';
