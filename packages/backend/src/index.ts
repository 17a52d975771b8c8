export { checkFedIndices, type FedIndexCheck } from './checkFedIndices.js';
export { checkInputs, checkScanInputs, checkStateData, checkStateName } from './checkInputs.js';
export { checkTensor, requireStateless } from './checkTensors.js';
export type {
  Backend,
  CompileOptions,
  DeviceInfo,
  Executable,
  TensorData,
  TensorMap,
} from './contract.js';
export { BackendUnavailableError, type BackendUnavailableFields, DisposedError } from './errors.js';
export { ProgramCache, type ProgramCacheOptions } from './programCache.js';
export { createReferenceBackend, referenceEntry } from './referenceBackend.js';
export {
  type BackendEntry,
  type BackendOptions,
  type BackendRegistry,
  createRegistry,
  type Probe,
} from './registry.js';
export { inputsOfStep, scanByRunning } from './scanByRunning.js';
export { type PassedOver, type Selection, selectBackend } from './selectBackend.js';
export { allocateData, arrayKinds } from './tensorData.js';
