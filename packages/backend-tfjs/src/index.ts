export type { DeviceOptions } from './device/device.js';
export { type DifferentiableOptions, differentiableProgram } from './differentiableProgram.js';
export {
  clearProgramCache,
  compileTensors,
  runProgram,
  type TensorExecutable,
  type TensorRecord,
} from './tensorExecutable.js';
export { createTfjsBackend, type TfjsBackendOptions } from './tfjsBackend.js';
export { type TfjsEntryOptions, tfjsBackendEntry } from './tfjsBackendEntry.js';
