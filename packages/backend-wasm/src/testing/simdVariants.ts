import { setFlagsFromString } from 'node:v8';
import { probeSimd } from '../simdSupport.js';

/**
 * Values of `relaxed` to test with: false, and true where the engine has relaxed SIMD. Node 20 has it behind a flag,
 * which may be set while the process runs.
 */
export function simdVariants(): boolean[] {
  if (!probeSimd().relaxed) setFlagsFromString('--experimental-wasm-relaxed-simd');
  if (probeSimd().relaxed) return [false, true];
  console.warn('SKIPPED: relaxed SIMD, which this engine does not have');
  return [false];
}
