export { probeSimd, type SimdSupport } from './simdSupport.js';
export { WorkerLostError } from './threads/workerPool.js';
export { workerSource as threadScript } from './threads/workerSource.js';
export { createWasmBackend, type WasmBackendOptions, wasmEntry } from './wasmBackend.js';
