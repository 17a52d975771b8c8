import {
  type Backend,
  type BackendEntry,
  BackendUnavailableError,
  type CompileOptions,
  DisposedError,
  type Executable,
} from '@polyneuron/backend';
import { planProgram } from '@polyneuron/fusion';
import { type Program, simplify, ValueError, verify } from '@polyneuron/graph';
import { compilePlan, sharesWork } from './compile.js';
import { createExecutable, requireAddressable } from './executable.js';
import { probeSimd } from './simdSupport.js';
import { WorkerPool } from './threads/workerPool.js';
import { threadsMissing } from './threads/workers.js';

export interface WasmBackendOptions {
  /** Multiply-add of relaxed SIMD where the engine has it; its last bit depends on the machine. Default false. */
  readonly relaxed?: boolean;
  /**
   * Workers that share scans of programs with work for several. Results have the same bits for any number. Default 1:
   * everything runs on the calling thread.
   */
  readonly threads?: number;
  /**
   * Script of a thread, in browsers: a file that holds `threadScript`. Without one the script is a blob, which a page
   * whose policy is `worker-src 'self'` does not allow.
   */
  readonly threadUrl?: string | URL;
}

const remedy = 'use a browser or Node with WebAssembly SIMD (every engine since 2021), or the tfjs backend';

/**
 * Compiles each program to one WebAssembly SIMD module and runs it on this thread.
 *
 * Throws   BackendUnavailableError where the engine has no SIMD, or no relaxed SIMD when that is asked for
 */
export function createWasmBackend({
  relaxed = false,
  threads = 1,
  threadUrl,
}: WasmBackendOptions = {}): Backend {
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
  checkThreads(threads);
  const pool = threads > 1 ? new WorkerPool(threads, threadUrl) : undefined;
  let isDisposed = false;
  const prepare = (program: Program, { deterministic = false }: CompileOptions = {}) => {
    if (isDisposed) throw new DisposedError("backend 'wasm'");
    const plan = planProgram(simplify(verify(program)));
    // A program without work for several threads stays on this one
    const isShared = pool !== undefined && plan.kernels.some(sharesWork);
    const compiled = compilePlan(plan, {
      isRelaxed: relaxed && !deterministic,
      threads: isShared ? threads : 1,
    });
    requireAddressable(program, compiled);
    return { plan, compiled, pool: isShared ? pool : undefined };
  };
  const compileSync = (program: Program, options?: CompileOptions): Executable => {
    const { plan, compiled, pool } = prepare(program, options);
    return createExecutable(program, plan, compiled, new WebAssembly.Module(compiled.bytes), pool);
  };
  return {
    name: 'wasm',
    device: {
      description: `WebAssembly SIMD${relaxed ? ' (relaxed)' : ''}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
      threads,
      facts: { simd: true, relaxedSimd: relaxed },
    },
    compile: async (program, options) => {
      const { plan, compiled, pool } = prepare(program, options);
      return createExecutable(program, plan, compiled, await WebAssembly.compile(compiled.bytes), pool);
    },
    compileSync,
    dispose: () => {
      isDisposed = true;
      pool?.dispose();
    },
  };
}

function checkThreads(threads: number): void {
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    throw new ValueError({
      subject: 'createWasmBackend',
      expected: 'a whole number of threads from 1 to 64',
      received: String(threads),
      fix: 'pass the number of cores, or leave it out',
    });
  }
  const missing = threads > 1 ? threadsMissing() : undefined;
  if (missing) throw new BackendUnavailableError({ backend: 'wasm', ...missing });
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
