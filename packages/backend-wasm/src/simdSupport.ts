import { Module } from './assembler/module.js';

export interface SimdSupport {
  readonly simd: boolean;
  readonly relaxed: boolean;
}

/** What this engine accepts, by asking it to validate one instruction of each kind. */
export function probeSimd(): SimdSupport {
  if (typeof WebAssembly === 'undefined') return { simd: false, relaxed: false };
  const accepts = (instruction: 'f32x4.add' | 'f32x4.relaxed_madd') => {
    const module = new Module();
    module.function({}, (code) =>
      code
        .f32x4(1)
        .f32x4(1)
        .f32x4(1)
        .op(instruction, 'drop', ...(instruction === 'f32x4.add' ? (['drop'] as const) : [])),
    );
    return WebAssembly.validate(module.encode({ minimum: 1 }));
  };
  return { simd: accepts('f32x4.add'), relaxed: accepts('f32x4.relaxed_madd') };
}
