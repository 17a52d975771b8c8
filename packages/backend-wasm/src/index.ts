export { probeSimd, type SimdSupport } from './simdSupport.js';
export { WorkerLostError } from './threads/workerPool.js';
export { createWasmBackend, type WasmBackendOptions, wasmEntry } from './wasmBackend.js';
