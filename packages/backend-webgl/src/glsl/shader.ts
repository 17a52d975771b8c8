import type { Buffer, BufferId } from '@polyneuron/fusion';
import type { DType } from '@polyneuron/graph';
import { layoutOf } from '../device/layout.js';
import { vectorType } from './expressions.js';
import { type GlslName, glslFunctions } from './functions.js';

/** Value of one target at the four elements of a texel: a vec4 for float32, else an ivec4. */
export interface ShaderTarget {
  readonly dtype: DType;
  readonly value: string;
}

/**
 * A fragment shader under construction. One fragment computes four consecutive elements of each target: texel t of a
 * buffer holds elements 4t to 4t + 3.
 *
 * Reading buffer k: `q<k>(t)` is texel t, `e<k>(i)` element i, `g<k>(ivec4)` four elements.
 */
export class Shader {
  /** Buffers by their sampler. */
  readonly reads: BufferId[] = [];
  private readonly buffers: readonly Buffer[];
  private readonly lines: string[] = [];
  private readonly used = new Set<GlslName>();
  private names = 0;
  private depth = 1;

  constructor(buffers: readonly Buffer[]) {
    this.buffers = buffers;
  }

  buffer(id: BufferId): Buffer {
    return this.buffers[id];
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

  /** The whole text, for targets of `size` elements; the body finds its first element in `first`. */
  source(targets: readonly ShaderTarget[], size: number): string {
    const declarations = targets.map(
      ({ dtype }, at) => `layout(location = ${at}) out ${vectorType(dtype)} o${at};`,
    );
    const samplers = this.reads.map((id, at) => samplerText(this.buffers[id], at));
    const functions = [...this.used].map((name) => glslFunctions[name].text);
    return [
      '#version 300 es',
      'precision highp float;',
      'precision highp int;',
      'precision highp sampler2D;',
      'precision highp isampler2D;',
      ...declarations,
      ...samplers,
      ...functions,
      'void main() {',
      `  int first = ((int(gl_FragCoord.y) << ${layoutOf(size).shift}) + int(gl_FragCoord.x)) << 2;`,
      ...this.lines,
      ...targets.map(({ value }, at) => `  o${at} = ${value};`),
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

function samplerText({ kind, dtype, size }: Buffer, at: number): string {
  const [sampler, vector, scalar] =
    dtype === 'float32' ? ['sampler2D', 'vec4', 'float'] : ['isampler2D', 'ivec4', 'int'];
  const { shift } = layoutOf(size, kind);
  const mask = (1 << shift) - 1;
  // A scan keeps the inputs of all its steps in one texture: b is where this step's begin
  const [origin, texel] = kind === 'input' ? [`uniform int b${at};`, `t + b${at}`] : ['', 't'];
  const place = shift === 0 ? `ivec2(0, ${texel})` : `ivec2((${texel}) & ${mask}, (${texel}) >> ${shift})`;
  // Selects without branches: compilers of shaders take very long over many
  const pick =
    dtype === 'float32'
      ? `  vec2 half2 = mix(v.xz, v.yw, bvec2((i & 1) != 0));
  return mix(half2.x, half2.y, (i & 2) != 0);`
      : `  ivec2 half2 = (v.xz & ((i & 1) - 1)) | (v.yw & -(i & 1));
  int isHigh = (i >> 1) & 1;
  return (half2.x & (isHigh - 1)) | (half2.y & -isHigh);`;
  return `uniform ${sampler} s${at};${origin}
${vector} q${at}(int t) { return texelFetch(s${at}, ${place}, 0); }
${scalar} e${at}(int i) {
  ${vector} v = q${at}(i >> 2);
${pick}
}
${vector} g${at}(ivec4 i) { return ${vector}(e${at}(i.x), e${at}(i.y), e${at}(i.z), e${at}(i.w)); }`;
}
