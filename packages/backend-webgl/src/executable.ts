import {
  allocateData,
  checkFedIndices,
  checkInputs,
  checkScanInputs,
  checkStateData,
  checkStateName,
  DisposedError,
  type Executable,
  type TensorData,
  type TensorMap,
} from '@polyneuron/backend';
import { type BufferId, fedIndices, type Plan } from '@polyneuron/fusion';
import { type DType, type Program, sizeOf } from '@polyneuron/graph';
import type { GlDevice } from './device/glDevice.js';
import { inputWidth, layoutOf, texelsOf } from './device/layout.js';
import type { Texture } from './device/texture.js';
import { formatOf, padded, TextureProgram } from './textureProgram.js';

/** Stacked inputs of a scan beyond this many bytes go in several parts. */
const chunkBytes = 2 ** 26;

/** An executable whose state is in textures. */
export interface WebglExecutable extends Executable {
  /** Shader passes of one run. */
  readonly passCount: number;
}

/**
 * A plan on a device. A copy of the state as it was last written or read stays with the program: after the context was
 * lost and restored, everything is made again and goes on from there.
 */
export function createExecutable(program: Program, plan: Plan, device: GlDevice): WebglExecutable {
  const fed = { program: program.name, device: 'webgl', indices: fedIndices(plan) };
  const known = new Map<string, TensorData>();
  let isDisposed = false;
  let made = new TextureProgram(device, plan);
  let generation = device.generation;
  const subject = `executable of '${program.name}'`;
  const start = (): TextureProgram => {
    if (isDisposed) throw new DisposedError(subject);
    device.requireLive(subject);
    device.begin();
    if (generation !== device.generation) {
      made = new TextureProgram(device, plan);
      generation = device.generation;
      for (const [name, data] of known) made.write(plan.state[name], data);
    }
    return made;
  };
  const readBuffer = (id: BufferId): TensorData => {
    const { dtype, size } = plan.buffers[id];
    return elementsOf(made.read(id, subject), dtype, size);
  };
  const runSync = (inputs: TensorMap): TensorMap => {
    start();
    checkInputs(program, inputs);
    checkFedIndices(fed, inputs);
    for (const [name, id] of Object.entries(plan.inputs)) {
      made.write(id, inputs[name]);
      made.setOrigin(id, 0);
    }
    made.run();
    const outputs = Object.entries(plan.outputs).map(([name, id]) => [name, readBuffer(id)] as const);
    device.requireLive(subject);
    device.end();
    return Object.fromEntries(outputs);
  };
  const scan = async (steps: number, inputs: TensorMap): Promise<TensorMap> => {
    start();
    checkScanInputs(program, steps, inputs);
    checkFedIndices(fed, inputs);
    const stacked = Object.fromEntries(
      Object.entries(program.outputs).map(([name, { dtype, shape }]) => [
        name,
        allocateData(dtype, steps * sizeOf(shape)),
      ]),
    );
    const chunk = stepsPerChunk(device, plan);
    for (let from = 0; from < steps; from += chunk) {
      start();
      scanChunk(device, plan, made, from, Math.min(chunk, steps - from), inputs, stacked, subject);
    }
    device.requireLive(subject);
    device.end();
    return stacked;
  };
  return {
    program,
    passCount: made.passCount,
    write: (name, data) => {
      start();
      checkStateData(program, name, data);
      known.set(name, data.slice());
      made.write(plan.state[name], data);
      device.end();
    },
    read: async (name) => {
      start();
      checkStateName(program, name);
      const data = readBuffer(plan.state[name]);
      known.set(name, data.slice());
      device.end();
      return data;
    },
    run: async (inputs) => runSync(inputs),
    runSync,
    scan,
    dispose: () => {
      if (!isDisposed && generation === device.generation) made.dispose();
      isDisposed = true;
    },
  };
}

/** Steps whose inputs, and whose outputs, fit one texture each. */
function stepsPerChunk({ limits }: GlDevice, { buffers, inputs, outputs }: Plan): number {
  const inputTexels = Object.values(inputs).map((id) => texelsOf(buffers[id].size));
  const bounds = [
    ...inputTexels.map((texels) =>
      Math.floor(Math.min((inputWidth * limits.textureSize) / texels, chunkBytes / (16 * texels))),
    ),
    ...Object.values(outputs).map((id) => Math.floor(limits.textureSize / layoutOf(buffers[id].size).height)),
  ];
  return Math.max(1, Math.min(limits.textureSize, ...bounds));
}

/** Some steps: inputs go up together, outputs gather in textures and come back together. */
function scanChunk(
  device: GlDevice,
  plan: Plan,
  made: TextureProgram,
  from: number,
  count: number,
  inputs: TensorMap,
  stacked: Record<string, TensorData>,
  subject: string,
): void {
  const { buffers } = plan;
  const fed = Object.entries(plan.inputs);
  for (const [name, id] of fed) made.bind(id, stackInputs(device, plan, id, from, count, inputs[name]));
  const results = Object.entries(plan.outputs)
    .filter(([, id]) => buffers[id].size > 0)
    .map(([name, id]) => {
      const { height, ...rest } = layoutOf(buffers[id].size);
      const texture = device.acquire(formatOf(buffers[id].dtype), { ...rest, height: height * count });
      return { name, id, height, texture };
    });
  for (let step = 0; step < count; step++) {
    for (const [, id] of fed) made.setOrigin(id, step * texelsOf(buffers[id].size));
    made.run();
    for (const { id, height, texture } of results)
      device.copyRows(made.textureOf(id), texture, step * height);
  }
  for (const { name, id, height, texture } of results) {
    const { dtype, size } = buffers[id];
    const data = device.read(texture, subject);
    const stride = 4 * texture.width * height;
    for (let step = 0; step < count; step++)
      stacked[name].set(
        elementsOf(data.subarray(step * stride, step * stride + size), dtype, size),
        (from + step) * size,
      );
    device.release(texture);
  }
}

/** Inputs of several steps in one texture, each step from a texel of its own on. */
function stackInputs(
  device: GlDevice,
  { buffers }: Plan,
  id: BufferId,
  from: number,
  count: number,
  data: TensorData,
): Texture {
  const { size, dtype } = buffers[id];
  const stride = 4 * texelsOf(size);
  const texture = device.acquire(formatOf(dtype), layoutOf(stride * count, 'input'));
  const part = data.subarray(from * size, (from + count) * size);
  if (stride === size || size === 0) device.upload(texture, padded(texture, part, dtype));
  else {
    const spread = dtype === 'float32' ? new Float32Array(stride * count) : new Int32Array(stride * count);
    for (let step = 0; step < count; step++)
      spread.set(part.subarray(step * size, (step + 1) * size), step * stride);
    device.upload(texture, padded(texture, spread, dtype));
  }
  return texture;
}

const copiers: { readonly [K in DType]: (words: Float32Array | Int32Array, size: number) => TensorData } = {
  float32: (words, size) => words.slice(0, size),
  int32: (words, size) => words.slice(0, size),
  bool: (words, size) => Uint8Array.from(words.subarray(0, size)),
};

const elementsOf = (words: Float32Array | Int32Array, dtype: DType, size: number): TensorData =>
  copiers[dtype](words, size);
