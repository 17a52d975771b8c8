import type { Buffer, BufferId, Plan } from '@polyneuron/fusion';
import { type DType, storedAs, ValueError } from '@polyneuron/graph';
import type { GlDevice, ShaderProgram } from './device/glDevice.js';
import type { Layout } from './device/layout.js';
import { packed, unpacked } from './device/packing.js';
import { roomOf, type Texture, type TextureFormat } from './device/texture.js';
import { lowerPlan } from './lower/lowerPlan.js';
import type { Pass } from './lower/pass.js';

export const formatOf = (dtype: DType): TextureFormat => (dtype === 'float32' ? 'float' : 'int');

interface Draw {
  readonly pass: Pass;
  readonly program: ShaderProgram;
}

interface Stage {
  readonly draws: readonly Draw[];
  readonly aliases: readonly { readonly from: BufferId; readonly to: BufferId }[];
  /** Scratch buffers that nobody reads afterwards. */
  readonly dead: readonly BufferId[];
}

/**
 * A plan as passes over textures. Every pass writes new textures and gives the old ones back, so that nothing is ever
 * read and written at once; the same few textures go round.
 */
export class TextureProgram {
  readonly plan: Plan;
  readonly buffers: readonly Buffer[];
  readonly layouts: readonly Layout[];
  private readonly device: GlDevice;
  private readonly textures = new Map<BufferId, Texture>();
  private readonly origins = new Map<BufferId, number>();
  private readonly stages: readonly Stage[];

  constructor(device: GlDevice, plan: Plan) {
    this.device = device;
    this.plan = plan;
    const { groups, buffers, layouts } = lowerPlan(plan, device.limits);
    this.buffers = buffers;
    this.layouts = layouts;
    for (const buffer of buffers) requireFits(plan, buffer, layouts[buffer.id], device.limits.textureSize);
    const lastUse = new Map<BufferId, number>();
    groups.forEach(({ passes, aliases }, at) => {
      for (const { reads, targets } of passes) for (const id of [...reads, ...targets]) lastUse.set(id, at);
      for (const { from, to } of aliases) for (const id of [from, to]) lastUse.set(id, at);
    });
    this.stages = groups.map(({ passes, aliases }, at) => ({
      draws: passes.map((pass) => ({ pass, program: device.program(pass.source) })),
      aliases,
      dead: [...lastUse].flatMap(([id, last]) => (last === at && buffers[id].kind === 'scratch' ? [id] : [])),
    }));
  }

  /** Shader passes of one run. */
  get passCount(): number {
    return this.stages.reduce((sum, { draws }) => sum + draws.length, 0);
  }

  run(): void {
    const { device } = this;
    for (const { draws, aliases, dead } of this.stages) {
      const written: [BufferId, Texture][] = [];
      for (const { pass, program } of draws) {
        const targets = pass.targets.map((id) => this.newTexture(id));
        device.draw({
          program,
          reads: pass.reads.map((id) => ({
            texture: this.textureOf(id),
            origin: this.origins.get(id) ?? 0,
          })),
          targets,
        });
        pass.targets.forEach((id, at) => written.push([id, targets[at]]));
      }
      for (const { from, to } of aliases) {
        const texture = this.textureOf(from);
        texture.holders++;
        written.push([to, texture]);
      }
      for (const [id, texture] of written) this.bind(id, texture);
      for (const id of dead) this.unbind(id);
    }
  }

  /** The texture of a buffer: a constant's values, zeros where nothing was written yet. */
  textureOf(id: BufferId): Texture {
    const known = this.textures.get(id);
    if (known) return known;
    const { size, dtype, values } = this.buffers[id];
    const valueAt = (list: readonly number[], at: number) =>
      storedAs(list[list.length === 1 ? 0 : at], dtype);
    this.write(id, values ? Array.from({ length: size }, (_, at) => valueAt(values, at)) : []);
    return this.textures.get(id) as Texture;
  }

  /** Uploads elements of a buffer; what is missing is 0. */
  write(id: BufferId, data: ArrayLike<number>): void {
    const texture = this.newTexture(id);
    this.device.upload(texture, packed(texture, padded(texture, data, this.buffers[id].dtype)));
    this.bind(id, texture);
  }

  /** The elements of a buffer as they lie row by row, and what fills the texture; waits for the device. */
  read(id: BufferId, subject: string): Float32Array | Int32Array {
    const texture = this.textureOf(id);
    return unpacked(texture, this.device.read(texture, subject));
  }

  /** Binds a texture that holds the inputs of several steps; `setOrigin` says which of them is meant. */
  bind(id: BufferId, texture: Texture): void {
    this.unbind(id);
    this.textures.set(id, texture);
  }

  setOrigin(id: BufferId, texel: number): void {
    this.origins.set(id, texel);
  }

  /** Gives back the textures of one buffer. */
  release(id: BufferId): void {
    this.unbind(id);
  }

  /** Gives back those of inputs and outputs: nobody reads them between runs. */
  releaseEnds(): void {
    for (const id of [...Object.values(this.plan.inputs), ...Object.values(this.plan.outputs)])
      this.unbind(id);
  }

  dispose(): void {
    for (const id of [...this.textures.keys()]) this.unbind(id);
  }

  private unbind(id: BufferId): void {
    const texture = this.textures.get(id);
    if (texture) this.device.release(texture);
    this.textures.delete(id);
  }

  private newTexture(id: BufferId): Texture {
    return this.device.acquire(formatOf(this.buffers[id].dtype), this.layouts[id]);
  }
}

function requireFits(
  { program }: Plan,
  { name, kind, size }: Buffer,
  { width, height }: Layout,
  limit: number,
): void {
  if (Math.max(width, height) <= limit) return;
  throw new ValueError({
    subject: `program '${program.name}' on webgl`,
    expected: `buffers of at most ${limit} by ${limit} texels of four elements on this device`,
    received: `${kind} '${name}' of ${size} elements, ${width} by ${height} texels`,
    fix: 'use a smaller batch, or keep less data resident',
  });
}

/** Elements as a whole texture; bool as 0 or 1. */
export function padded(texture: Texture, data: ArrayLike<number>, dtype: DType): Float32Array | Int32Array {
  const { format } = texture;
  const length = roomOf(texture);
  if (format === 'float') {
    if (data instanceof Float32Array && data.length === length) return data;
    const words = new Float32Array(length);
    words.set(data);
    return words;
  }
  if (data instanceof Int32Array && data.length === length && dtype === 'int32') return data;
  const words = new Int32Array(length);
  words.set(dtype === 'bool' ? Int32Array.from(data, (value) => Number(value !== 0)) : data);
  return words;
}
