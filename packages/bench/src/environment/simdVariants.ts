import { peakModule } from '../peak/peakModule.js';

/** WebAssembly SIMD variants that the runtime accepts, by validating a module that uses them. */
export function simdVariants(): string[] {
  if (typeof WebAssembly === 'undefined') return [];
  const probes = [
    ['simd', { form: 'chain', accumulators: 1 }],
    ['relaxed-simd', { form: 'relaxed', accumulators: 1 }],
  ] as const;
  return probes.filter(([, variant]) => WebAssembly.validate(peakModule(variant))).map(([name]) => name);
}
