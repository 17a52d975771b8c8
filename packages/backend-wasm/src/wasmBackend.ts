import {
  type Backend,
  type BackendEntry,
  BackendUnavailableError,
  type CompileOptions,
  DisposedError,
  type Executable,
} from '@polyneuron/backend';
import { planProgram } from '@polyneuron/fusion';
import { type Program, simplify, verify } from '@polyneuron/graph';
import { compilePlan } from './compile.js';
import { createExecutable } from './executable.js';
import { probeSimd } from './simdSupport.js';

export interface WasmBackendOptions {
  /** Multiply-add of relaxed SIMD where the engine has it; its last bit depends on the machine. Default false. */
  readonly relaxed?: boolean;
}

const remedy = 'use a browser or Node with WebAssembly SIMD (every engine since 2021), or the tfjs backend';

/**
 * Compiles each program to one WebAssembly SIMD module and runs it on this thread.
 *
 * Throws   BackendUnavailableError where the engine has no SIMD, or no relaxed SIMD when that is asked for
 */
export function createWasmBackend({ relaxed = false }: WasmBackendOptions = {}): Backend {
  const support = probeSimd();
  if (!support.simd)
    throw new BackendUnavailableError({
      backend: 'wasm',
      reason: 'this engine has no WebAssembly SIMD',
      remedy,
    });
  if (relaxed && !support.relaxed)
    throw new BackendUnavailableError({
      backend: 'wasm',
      reason: 'this engine has no relaxed SIMD',
      remedy: 'leave `relaxed` out: plain SIMD gives the same results',
    });
  let isDisposed = false;
  const prepare = (program: Program, { deterministic = false }: CompileOptions = {}) => {
    if (isDisposed) throw new DisposedError("backend 'wasm'");
    const plan = planProgram(simplify(verify(program)));
    return { plan, compiled: compilePlan(plan, { isRelaxed: relaxed && !deterministic }) };
  };
  const compileSync = (program: Program, options?: CompileOptions): Executable => {
    const { plan, compiled } = prepare(program, options);
    return createExecutable(program, plan, compiled, new WebAssembly.Module(compiled.bytes));
  };
  return {
    name: 'wasm',
    device: {
      description: `WebAssembly SIMD${relaxed ? ' (relaxed)' : ''}, 1 thread`,
      threads: 1,
      facts: { simd: true, relaxedSimd: relaxed },
    },
    compile: async (program, options) => {
      const { plan, compiled } = prepare(program, options);
      return createExecutable(program, plan, compiled, await WebAssembly.compile(compiled.bytes));
    },
    compileSync,
    dispose: () => {
      isDisposed = true;
    },
  };
}

/** Registry entry: available wherever the engine validates SIMD. */
export const wasmEntry: BackendEntry = {
  name: 'wasm',
  title: 'WebAssembly SIMD',
  priority: 100,
  probe: async () =>
    probeSimd().simd
      ? { available: true }
      : { available: false, reason: 'this engine has no WebAssembly SIMD', remedy },
  load: async () => createWasmBackend(),
};
