export { probeSimd, type SimdSupport } from './simdSupport.js';
export { createWasmBackend, type WasmBackendOptions, wasmEntry } from './wasmBackend.js';
