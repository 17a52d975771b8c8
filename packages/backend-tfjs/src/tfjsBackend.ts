import {
  type Backend,
  checkInputs,
  checkStateData,
  checkStateName,
  DisposedError,
  type Executable,
  scanByRunning,
  type TensorData,
  type TensorMap,
} from '@polyneuron/backend';
import { type OpName, type Program, sizeOf, ValueError } from '@polyneuron/graph';
import { keep, type TensorInfo } from '@tensorflow/tfjs-core';
import { type DeviceOptions, deviceOf, isTensor, type TfjsDevice } from './device/device.js';
import { compilePlan } from './plan/compilePlan.js';
import { executePlan, type Plan, type PlanResult, type TensorInfos } from './plan/plan.js';
import { activeDevice } from './tensorExecutable.js';

export interface TfjsBackendOptions extends DeviceOptions {
  /** tfjs name of a backend that was active at least once (only then are its kernels set up). default: the active one */
  readonly tfjsBackend?: string;
}

/**
 * Runs programs op by op on a tfjs backend, and stays bound to it whatever `tf.setBackend` says later.
 *
 * Differences from the float64 interpreter beyond rounding, all of tfjs's kernels: `sign(NaN)` is 0; on wasm
 * `max(a, b)` and `min(a, b)` of two computed operands drop a NaN that is in `b` alone; erf and log1p are accurate
 * absolutely (2e-7), not relatively, near 0.
 *
 * Throws   ValueError when tfjs has no backend of that name, or none is active
 *
 * @example
 * await tf.setBackend('wasm');
 * const executable = await createTfjsBackend().compile(program);
 */
export function createTfjsBackend({ tfjsBackend, ...options }: TfjsBackendOptions = {}): Backend {
  const device = namedDevice(tfjsBackend, options);
  const live = new Set<Executable>();
  let isDisposed = false;
  const compileSync = (program: Program) => {
    if (isDisposed) throw new DisposedError(`backend 'tfjs:${device.tfjsName}'`);
    const executable = new TfjsExecutable(program, device, () => live.delete(executable));
    live.add(executable);
    return executable;
  };
  return {
    name: `tfjs:${device.tfjsName}`,
    device: {
      description: `tfjs ${device.tfjsName}`,
      threads: 1,
      facts: { tfjsBackend: device.tfjsName, hostMemory: device.host !== undefined },
    },
    compile: async (program) => compileSync(program),
    compileSync,
    dispose: () => {
      isDisposed = true;
      for (const executable of live) executable.dispose();
    },
  };
}

function namedDevice(name: string | undefined, options: DeviceOptions): TfjsDevice {
  const device = name === undefined ? activeDevice(options) : deviceOf(name, options);
  if (device) return device;
  throw new ValueError({
    subject: 'createTfjsBackend',
    expected: 'an initialised tfjs backend',
    received: `'${name}'`,
    fix: `import the package that registers '${name}', then await tf.setBackend('${name}')`,
  });
}

/** State entries are tensors; a run replaces those that have an update, all at once, after every step succeeded. */
class TfjsExecutable implements Executable {
  readonly program: Program;
  /** Ops that run through the float64 interpreter because the tfjs backend lacks a kernel. */
  readonly interpretedOps: readonly OpName[];
  readonly #device: TfjsDevice;
  readonly #plan: Plan;
  readonly #state: Record<string, TensorInfo>;
  readonly #onDispose: () => void;
  #isDisposed = false;

  constructor(program: Program, device: TfjsDevice, onDispose: () => void) {
    this.program = program;
    this.#device = device;
    this.#onDispose = onDispose;
    this.#plan = compilePlan(program, device);
    this.interpretedOps = this.#plan.interpretedOps;
    const zeros = Object.entries(program.state).map(([name, { shape, dtype }]) => {
      return [name, device.upload(new Float32Array(sizeOf(shape)), shape, dtype)] as const;
    });
    this.#state = Object.fromEntries(zeros);
  }

  write(name: string, data: TensorData): void {
    this.#requireLive();
    checkStateData(this.program, name, data);
    const { shape, dtype } = this.program.state[name];
    this.#replace({ [name]: this.#device.upload(data, shape, dtype) });
  }

  async read(name: string): Promise<TensorData> {
    this.#requireLive();
    checkStateName(this.program, name);
    // A copy, as some backends hand out their own memory
    return (await this.#device.read(this.#state[name])).slice();
  }

  async run(inputs: TensorMap): Promise<TensorMap> {
    const { outputs } = this.#execute(inputs);
    try {
      const entries = Object.entries(outputs).map(
        async ([name, info]) => [name, await this.#device.read(info)] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    } finally {
      this.#freeAll(outputs);
    }
  }

  runSync(inputs: TensorMap): TensorMap {
    const { outputs } = this.#execute(inputs);
    try {
      return Object.fromEntries(
        Object.entries(outputs).map(([name, info]) => [name, this.#device.readSync(info)]),
      );
    } finally {
      this.#freeAll(outputs);
    }
  }

  async scan(steps: number, inputs: TensorMap): Promise<TensorMap> {
    this.#requireLive();
    const { program } = this;
    return scanByRunning({ program, run: (fed) => this.run(fed) }, steps, inputs);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#freeAll(this.#state);
    this.#plan.dispose();
    this.#onDispose();
  }

  #execute(inputs: TensorMap): PlanResult {
    this.#requireLive();
    checkInputs(this.program, inputs);
    const fed: Record<string, TensorInfo> = {};
    try {
      for (const name in this.#plan.inputSlots) {
        const { shape, dtype } = this.program.inputs[name];
        fed[name] = this.#device.upload(inputs[name], shape, dtype);
      }
      const result = executePlan(this.#device, this.#plan, fed, this.#state);
      this.#replace(result.updates);
      return result;
    } finally {
      this.#freeAll(fed);
    }
  }

  #replace(entries: TensorInfos): void {
    for (const name in entries) {
      this.#device.free(this.#state[name]);
      const { [name]: info } = entries;
      this.#state[name] = isTensor(info) ? keep(info) : info;
    }
  }

  #freeAll(infos: TensorInfos): void {
    for (const name in infos) this.#device.free(infos[name]);
  }

  #requireLive(): void {
    if (this.#isDisposed) throw new DisposedError(`executable of '${this.program.name}'`);
  }
}
