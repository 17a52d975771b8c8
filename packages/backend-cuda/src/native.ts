export {
  type BuildNativeOptions,
  type BuildProgress,
  type BuiltBinding,
  buildNative,
} from './native/build/buildNative.js';
export { NativeBuildError } from './native/build/nativeBuildError.js';
export type { TensorflowChoice } from './native/build/tensorflowLibrary.js';
export { type InspectedBinding, inspectNative, type NativeReport } from './native/inspectNative.js';
export {
  type LoadTensorflowOptions,
  loadTensorflow,
  type Tensorflow,
  type TensorflowDevice,
} from './native/load/loadTensorflow.js';
export { registerTfjsBackend } from './native/load/registerTfjsBackend.js';
export {
  type BindingChoice,
  type BindingOrigin,
  bindingVariable,
  chooseBinding,
  type LocatedBinding,
  locateBindings,
} from './native/locate/bindings.js';
export { findGpus, type GpuFacts } from './native/locate/gpus.js';
export { type BindingRecord, nativeCacheDirectory } from './native/locate/nativeCache.js';
export type { BindingProbe } from './native/locate/probeBinding.js';
export { defaultPython, type PythonTensorflow } from './native/locate/pythonTensorflow.js';
export type { PackageName, TfjsNodePackage } from './native/locate/tfjsNodePackage.js';
export type { TensorflowBinding } from './native/session/binding.js';
export { TensorflowError } from './native/session/tensorflowError.js';
export { createTensorflowBackend } from './native/tensorflowBackend.js';
export { nativeCpuEntry, nativeGpuEntry } from './native/tensorflowEntries.js';
