import { DisposedError, ProgramCache } from '@polyneuron/backend';
import {
  type DType,
  formatSpec,
  InternalError,
  isSameShape,
  type OpName,
  type Program,
  ProgramError,
  ShapeError,
  type TensorSpec,
  ValueError,
} from '@polyneuron/graph';
import { engine, getBackend, type KernelBackend, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { type DeviceOptions, deviceOf, isTensor, type TfjsDevice } from './device/device.js';
import { compilePlan } from './plan/compilePlan.js';
import { executePlan, type Plan } from './plan/plan.js';
import { runWhole } from './runWhole.js';

export type TensorRecord = Readonly<Record<string, Tensor>>;

/** A stateless program compiled for one tfjs backend, on tfjs tensors. */
export interface TensorExecutable {
  readonly program: Program;
  /** Ops that run through the float64 interpreter because the tfjs backend lacks a kernel. */
  readonly interpretedOps: readonly OpName[];
  /**
   * Inputs stay the caller's; outputs are new tensors, tracked by the enclosing `tf.tidy`. Nothing is taped: tfjs
   * cannot differentiate through it (`differentiableProgram` can be).
   */
  run(inputs: TensorRecord): Record<string, Tensor>;
  /** Frees the program's constants. */
  dispose(): void;
}

/**
 * Compiles for the active tfjs backend.
 *
 * Throws   ProgramError when the program has state, which a tensor-level executable has nowhere to keep
 */
export function compileTensors(program: Program): TensorExecutable {
  const stateNames = Object.keys(program.state);
  if (stateNames.length > 0) {
    throw new ProgramError({
      subject: 'compileTensors',
      expected: 'a program without state',
      received: `state ${stateNames.map((name) => `'${name}'`).join(', ')}`,
      fix: 'make the state inputs and the updates outputs, or compile with createTfjsBackend',
    });
  }
  const device = activeDevice();
  const plan = compilePlan(program, device);
  let isDisposed = false;
  return {
    program,
    interpretedOps: plan.interpretedOps,
    run: (inputs) => {
      if (isDisposed) throw new DisposedError(`executable of '${program.name}'`);
      checkTensors(program, inputs);
      return runPlan(device, plan, inputs);
    },
    dispose: () => {
      if (!isDisposed) plan.dispose();
      isDisposed = true;
    },
  };
}

/** The tfjs backend in use; tfjs initialises it on first need. */
export function activeDevice(options: DeviceOptions = {}): TfjsDevice {
  const backend = activeBackend();
  const device = deviceOf(getBackend(), options);
  if (device?.backend === backend) return device;
  throw new InternalError(`tfjs runs on a backend other than its '${getBackend()}'`);
}

function activeBackend(): KernelBackend {
  try {
    return engine().backend;
  } catch (cause) {
    const error = new ValueError({
      subject: 'tfjs',
      expected: 'a backend that is ready',
      received: `the error: ${(cause as Error).message.replace(/\.$/, '')}`,
      fix: "import '@tensorflow/tfjs-backend-cpu' (or another), call tf.setBackend and await tf.ready()",
    });
    throw Object.assign(error, { cause });
  }
}

function runPlan(device: TfjsDevice, plan: Plan, inputs: TensorRecord): Record<string, Tensor> {
  const { outputs } = executePlan(device, plan, inputs, {});
  return Object.fromEntries(Object.entries(outputs).map(([name, info]) => [name, toTensor(device, info)]));
}

function toTensor({ backend }: TfjsDevice, info: TensorInfo): Tensor {
  return isTensor(info) ? info : engine().makeTensorFromTensorInfo(info, backend);
}

function checkTensors(program: Program, inputs: TensorRecord): void {
  for (const name in program.inputs) {
    const spec = program.inputs[name];
    const tensor = inputs[name];
    if (tensor && tensor.dtype === spec.dtype && isSameShape(tensor.shape, spec.shape)) continue;
    throw new ShapeError({
      subject: `program '${program.name}'`,
      expected: `input '${name}' ${formatSpec(spec)}`,
      received: tensor ? formatSpec(specOf(tensor)) : 'no tensor',
      details: Object.fromEntries(Object.keys(program.inputs).map((each) => [each, describe(inputs[each])])),
      fix: 'shapes are static: build the program for these shapes, or reshape and cast the tensor',
    });
  }
}

function specOf({ shape, dtype }: Tensor): TensorSpec {
  return { shape, dtype: dtype as DType };
}

function describe(tensor: Tensor | undefined): string {
  return tensor ? formatSpec(specOf(tensor)) : 'missing';
}

/** Compiled programs shared by every caller, per tfjs backend that is alive. */
const caches = new WeakMap<object, ProgramCache<TensorExecutable>>();

function activeCache(): ProgramCache<TensorExecutable> {
  const backend = activeBackend();
  const known = caches.get(backend);
  if (known) return known;
  const cache = new ProgramCache<TensorExecutable>({
    capacity: 256,
    release: (executable) => executable.dispose(),
  });
  caches.set(backend, cache);
  return cache;
}

/**
 * Runs a stateless program on the active tfjs backend, compiling it on first use: as one kernel where the backend has a
 * kernel for whole programs, op by op elsewhere.
 */
export function runProgram(program: Program, inputs: TensorRecord): Record<string, Tensor> {
  return runWhole(program, inputs) ?? activeCache().get(program, compileTensors).run(inputs);
}

/**
 * Frees what `runProgram` and `differentiableProgram` keep on the active tfjs backend. What a kernel for whole programs
 * keeps is its own affair.
 */
export function clearProgramCache(): void {
  activeCache().clear();
}
