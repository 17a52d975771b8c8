import { checkTensor, ProgramCache, requireStateless } from '@polyneuron/backend';
import { type BufferId, type Plan, planProgram } from '@polyneuron/fusion';
import { type Program, simplify, sizeOf, type TensorSpec, verify } from '@polyneuron/graph';
import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { GlDevice } from '../device/glDevice.js';
import { layoutOf } from '../device/layout.js';
import type { Texture } from '../device/texture.js';
import { TextureProgram } from '../textureProgram.js';
import type { TfjsWebglBackend } from './tfjsWebglBackend.js';

interface Compiled {
  readonly plan: Plan;
  readonly textures: TextureProgram;
}

/** Programs that an engine keeps. */
const defaultCapacity = 256;

/**
 * Runs programs on the tensors of one tfjs webgl backend, in its own context: nothing leaves the device. Each input and
 * each output costs one pass of tfjs, which changes between its layout and ours; integers one of ours more, since tfjs
 * keeps them as floats.
 */
export class TensorEngine {
  /** Shader passes of programs drawn so far, without the changes of layout. */
  get passes(): number {
    return this.device.passes;
  }

  private readonly backend: TfjsWebglBackend;
  private readonly device: GlDevice;
  private readonly programs: ProgramCache<Compiled>;

  constructor(
    backend: TfjsWebglBackend,
    { capacity = defaultCapacity }: { readonly capacity?: number } = {},
  ) {
    this.backend = backend;
    this.device = new GlDevice(backend.gpgpu.gl);
    this.programs = new ProgramCache({ capacity, release: ({ textures }) => textures.dispose() });
  }

  /** New tensors in the order of the program's outputs; inputs stay the caller's. */
  run(program: Program, inputs: NamedTensorInfoMap): TensorInfo[] {
    const { device } = this;
    device.requireLive(`program '${program.name}' on tfjs webgl`);
    const { plan, textures } = this.programs.get(program, (made) => this.compile(made));
    const fed = Object.entries(plan.inputs).map(([name, id]) => ({
      id,
      tensor: checkTensor(program, name, inputs[name]),
    }));
    // tfjs draws first, then this package, then tfjs again: each sets its own state
    const sources = fed.map(({ id, tensor }) => this.fetch(textures, id, tensor));
    device.begin();
    for (const { bind } of sources) bind();
    textures.run();
    const results = Object.entries(plan.outputs).map(([name, id]) => ({
      spec: program.outputs[name],
      texture: this.asFloats(textures.textureOf(id)),
    }));
    device.end();
    for (const { release } of sources) release();
    const outputs = results.map(({ spec, texture }) => this.hand(spec, texture));
    for (const { texture } of results) if (texture.format === 'float') device.release(texture);
    textures.releaseEnds();
    return outputs;
  }

  /** Frees every compiled program; they are compiled again when they are needed. */
  clear(): void {
    this.programs.clear();
  }

  private compile(program: Program): Compiled {
    requireStateless(program, { device: 'tfjs webgl', factory: 'createWebglBackend' });
    const plan = planProgram(simplify(verify(program)), { lanes: false });
    this.device.begin();
    const textures = new TextureProgram(this.device, plan);
    this.device.end();
    return { plan, textures };
  }

  /** A tensor in the layout of this package, to be bound once this package has the context. */
  private fetch(
    textures: TextureProgram,
    id: BufferId,
    tensor: TensorInfo,
  ): { readonly bind: () => void; readonly release: () => void } {
    const { backend } = this;
    const size = sizeOf(tensor.shape);
    const data = backend.texData.get(tensor.dataId);
    if (data.values !== null || size === 0) {
      const values = data.values ?? [];
      return { bind: () => textures.write(id, values), release: () => {} };
    }
    const layout = layoutOf(size, 'input');
    const { width, height } = layout;
    const { texture, tensorRef } = backend.readToGPU(tensor.dataId, { customTexShape: [height, width] });
    const foreign: Texture = { ...layout, id: -1, texture, format: 'float', holders: 2 ** 30 };
    const isFloat = tensor.dtype === 'float32';
    return {
      bind: () => textures.bind(id, isFloat ? foreign : this.asInts(foreign)),
      release: () => {
        // The texture goes back to tfjs: nothing may hold it
        if (isFloat) textures.release(id);
        tensorRef.dispose();
      },
    };
  }

  private asInts(from: Texture): Texture {
    return this.convert(from, 'int', 'sampler2D', 'ivec4');
  }

  /** The texture itself with one holder more, or a copy of integers as floats. */
  private asFloats(from: Texture): Texture {
    if (from.format === 'float') {
      from.holders++;
      return from;
    }
    return this.convert(from, 'float', 'isampler2D', 'vec4');
  }

  private convert(from: Texture, format: Texture['format'], sampler: string, type: string): Texture {
    const { device } = this;
    const to = device.acquire(format, from);
    const program = device.program(`#version 300 es
precision highp float;
precision highp int;
uniform highp ${sampler} s0;
out ${type} o0;
void main() { o0 = ${type}(texelFetch(s0, ivec2(gl_FragCoord.xy), 0)); }
`);
    device.draw({ program, reads: [{ texture: from, origin: 0 }], targets: [to] });
    return to;
  }

  private hand({ shape, dtype }: TensorSpec, { texture, width, height }: Texture): TensorInfo {
    const { backend } = this;
    if (sizeOf(shape) === 0) return backend.makeTensorInfo([...shape], dtype, []);
    const dataId = backend.writeTexture(texture, [...shape], dtype, height, width, 'RGBA');
    return { dataId, shape: [...shape], dtype };
  }
}

const engines = new WeakMap<object, TensorEngine>();

/** The engine of a tfjs backend, made on first use. */
export function tensorEngineOf(backend: object): TensorEngine {
  const known = engines.get(backend);
  if (known) return known;
  const engine = new TensorEngine(backend as TfjsWebglBackend);
  engines.set(backend, engine);
  return engine;
}
