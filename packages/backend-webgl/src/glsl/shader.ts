import type { Buffer, BufferId } from '@polyneuron/fusion';
import { type DType, InternalError } from '@polyneuron/graph';
import { isSameLayout, type Layout } from '../device/layout.js';
import { vectorType } from './expressions.js';
import { type GlslName, glslFloat, glslFunctions } from './functions.js';
import { samplerText } from './samplers.js';

/** Buffers and how they lie in textures. */
export interface ShaderBuffers {
  readonly buffers: readonly Buffer[];
  readonly layouts: readonly Layout[];
}

/** Value of one target at the four elements of a texel: a vec4 for float32, else an ivec4. */
export interface ShaderTarget {
  readonly dtype: DType;
  readonly value: string;
}

/**
 * A fragment shader under construction. One fragment computes four consecutive elements of each target: texel t of a
 * buffer holds elements 4t to 4t + 3. Where targets have four layers it computes those of four rows.
 *
 * Reading buffer k: `q<k>(t)` is texel t, `e<k>(i)` element i, `g<k>(ivec4)` four elements.
 */
export class Shader {
  /** Buffers by their sampler. */
  readonly reads: BufferId[] = [];
  /** That of all targets. */
  readonly layout: Layout;
  private readonly buffers: readonly Buffer[];
  private readonly layouts: readonly Layout[];
  private readonly lines: string[] = [];
  private readonly used = new Set<GlslName>();
  private names = 0;
  private depth = 1;

  constructor({ buffers, layouts }: ShaderBuffers, targets: readonly BufferId[]) {
    this.buffers = buffers;
    this.layouts = layouts;
    [this.layout] = targets.map((target) => layouts[target]);
    if (!targets.every((target) => isSameLayout(layouts[target], this.layout)))
      throw new InternalError('backend-webgl: targets of one pass lie differently');
  }

  buffer(id: BufferId): Buffer {
    return this.buffers[id];
  }

  layoutOf(id: BufferId): Layout {
    return this.layouts[id];
  }

  /**
   * The texel of a buffer at the place of the target's, in row `layer` of the four where targets have layers; undefined
   * where rows of the two differ.
   */
  here(id: BufferId, layer: number | undefined): string | undefined {
    const { kind } = this.buffers[id];
    const { width, height, layers } = this.layouts[id];
    if (kind === 'input' || width !== this.layout.width) return undefined;
    const u = `gl_FragCoord.x * ${glslFloat(1 / width)}`;
    const scale = glslFloat(1 / height);
    if (layer === undefined)
      return layers === 1
        ? this.sample(id, u, `gl_FragCoord.y * ${scale}`)
        : this.sample(
            id,
            u,
            `(floor(gl_FragCoord.y * 0.25) + 0.5) * ${scale}`,
            'float(int(gl_FragCoord.y) & 3)',
          );
    return layers === 1
      ? this.sample(id, u, `(4.0 * gl_FragCoord.y - ${glslFloat(1.5 - layer)}) * ${scale}`)
      : this.sample(id, u, `gl_FragCoord.y * ${scale}`, glslFloat(layer));
  }

  /** The texel around a point of a texture, each side of which is 1 long. */
  sample(id: BufferId, u: string, v: string, layer?: string): string {
    return `texture(s${this.sampler(id)}, ${layer === undefined ? `vec2(${u}, ${v})` : `vec3(${u}, ${v}, ${layer})`})`;
  }

  /** Number of the sampler that reads a buffer. */
  sampler(buffer: BufferId): number {
    const known = this.reads.indexOf(buffer);
    return known >= 0 ? known : this.reads.push(buffer) - 1;
  }

  line(text: string): void {
    this.lines.push(`${'  '.repeat(this.depth)}${text}`);
  }

  block(head: string, body: () => void): void {
    this.line(`${head} {`);
    this.depth++;
    body();
    this.depth--;
    this.line('}');
  }

  name(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  define(type: string, expression: string, prefix = 'v'): string {
    const name = this.name(prefix);
    this.line(`${type} ${name} = ${expression};`);
    return name;
  }

  readonly call = (name: GlslName, ...of: readonly string[]): string => {
    this.use(name);
    return `${name}(${of.join(', ')})`;
  };

  /**
   * The whole text. The body finds its column and row of texels in `place`, and without layers its first element in
   * `first`; with layers, values of four rows follow one another.
   */
  source(targets: readonly ShaderTarget[]): string {
    const { width, layers } = this.layout;
    const declarations = targets.map(
      ({ dtype }, at) => `layout(location = ${at}) out ${vectorType(dtype)} o${at};`,
    );
    const body = [...this.lines, ...targets.map(({ value }, at) => `  o${at} = ${value};`)];
    const text = body.join('\n');
    const samplers = this.reads.map((id, at) => samplerText(this.buffers[id], this.layouts[id], at, text));
    const functions = [...this.used].map((name) => glslFunctions[name].text);
    return [
      '#version 300 es',
      'precision highp float;',
      'precision highp int;',
      'precision highp sampler2D;',
      'precision highp isampler2D;',
      'precision highp sampler2DArray;',
      'precision highp isampler2DArray;',
      ...declarations,
      ...samplers.map(({ declarations }) => declarations),
      ...functions,
      'void main() {',
      '  ivec2 place = ivec2(gl_FragCoord.xy);',
      ...samplers.flatMap(({ start }) => start),
      ...(layers === 1 ? [`  int first = (place.y * ${width} + place.x) << 2;`] : []),
      ...body,
      '}',
      '',
    ].join('\n');
  }

  private use(name: GlslName): void {
    if (this.used.has(name)) return;
    for (const need of glslFunctions[name].needs) this.use(need);
    this.used.add(name);
  }
}
