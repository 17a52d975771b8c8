import type { Buffer } from '@polyneuron/fusion';
import { inputWidth, type Layout, texelsOf } from '../device/layout.js';
import { glslFloat } from './functions.js';
import { quotient } from './quotient.js';

/** Buffers of so many texels are read once, at the start; whoever wants an element picks it from these. */
const fewTexels = 4;

const isSmall = ({ kind, size }: Buffer): boolean => kind !== 'input' && texelsOf(size) <= fewTexels;

interface SamplerText {
  readonly declarations: string;
  /** What must come first in the body. */
  readonly start: readonly string[];
}

/** The sampler s of a buffer and those functions that the body calls: q a texel, e an element, g four elements. */
export function samplerText(buffer: Buffer, layout: Layout, at: number, body: string): SamplerText {
  const { kind, dtype, size } = buffer;
  const [prefix, vector] = dtype === 'float32' ? ['', 'vec4'] : ['i', 'ivec4'];
  const sampler = `${prefix}${layout.layers === 1 ? 'sampler2D' : 'sampler2DArray'}`;
  // A scan keeps the inputs of all its steps in one texture: b is where this step's begin
  const origin = kind === 'input' ? `uniform int b${at};` : '';
  const declaration = `uniform ${sampler} s${at};${origin}`;
  const calls = (name: 'q' | 'e' | 'g') => body.includes(`${name}${at}(`);
  const [callsOne, callsFour] = [calls('e'), calls('g')];
  const texelText = `${vector} q${at}(int t) {
${kind === 'input' ? inputTexel(at) : texel(layout, size, at)}
}`;
  if (!callsOne && !callsFour)
    return { declarations: calls('q') ? `${declaration}\n${texelText}` : declaration, start: [] };
  const few = isSmall(buffer) ? Array.from({ length: texelsOf(size) }, (_, one) => one) : [];
  return {
    declarations: [
      declaration,
      texelText,
      few.length > 0 ? smallElements(buffer, at) : elements(buffer, at),
    ].join('\n'),
    start: few.map((one) => `  w${at}_${one} = q${at}(${one});`),
  };
}

function elements({ dtype }: Buffer, at: number): string {
  const [vector, half, scalar] = dtype === 'float32' ? ['vec4', 'vec2', 'float'] : ['ivec4', 'ivec2', 'int'];
  return `${scalar} e${at}(int i) {
  ${vector} v = q${at}(i >> 2);
  ${half} low = ${choose(dtype, half, 'v.xz', 'v.yw', 'i', 1)};
  return ${choose(dtype, scalar, 'low.x', 'low.y', 'i', 2)};
}
${vector} g${at}(ivec4 i) { return ${vector}(e${at}(i.x), e${at}(i.y), e${at}(i.z), e${at}(i.w)); }`;
}

function smallElements({ dtype, size }: Buffer, at: number): string {
  const vector = dtype === 'float32' ? 'vec4' : 'ivec4';
  const names = Array.from({ length: texelsOf(size) }, (_, texel) => `w${at}_${texel}`);
  const within = names.map((name) => {
    const [x, y, z, w] = ['xxxx', 'yyyy', 'zzzz', 'wwww'].map((part) => `${name}.${part}`);
    const [low, high] = [choose(dtype, vector, x, y, 'i', 1), choose(dtype, vector, z, w, 'i', 1)];
    return choose(dtype, vector, low, high, 'i', 2);
  });
  const pairs = [within.slice(0, 2), within.slice(2)].flatMap(([low, high]) =>
    low === undefined ? [] : [high === undefined ? low : choose(dtype, vector, low, high, 'i', 4)],
  );
  const [first, second] = pairs;
  const all = second === undefined ? first : choose(dtype, vector, first, second, 'i', 8);
  return `${vector} ${names.join(', ')};
${vector} g${at}(ivec4 i) { return ${all}; }
${dtype === 'float32' ? 'float' : 'int'} e${at}(int i) { return g${at}(ivec4(i)).x; }`;
}

/** b where the bit of i is set, else a. Selects without branches: compilers of shaders take very long over many. */
function choose(
  dtype: Buffer['dtype'],
  type: string,
  a: string,
  b: string,
  i: string,
  bit: 1 | 2 | 4 | 8,
): string {
  const lanes = Number(/\d$/.exec(type)?.[0] ?? 1);
  const isIndexVector = lanes === 4;
  if (dtype === 'float32') {
    const test = isIndexVector ? `bvec4(${i} & ${bit})` : `(${i} & ${bit}) != 0`;
    return `mix(${a}, ${b}, ${lanes === 2 ? `bvec2(${test})` : test})`;
  }
  // A mask of all bits, or of none
  const mask = `-((${i} >> ${Math.log2(bit)}) & 1)`;
  return `((${a} & ~(${mask})) | (${b} & ${mask}))`;
}

/** Textures of inputs have as many rows as there are steps. */
const inputTexel = (at: number): string =>
  `  int i = t + b${at};
  return texelFetch(s${at}, ivec2(i & ${inputWidth - 1}, i >> ${Math.log2(inputWidth)}), 0);`;

/** Reads at the centres of texels through the filter cost two thirds of texelFetch on SwiftShader. */
function texel({ width, height, layers }: Layout, size: number, at: number): string {
  const [u, v] = [width, height].map((extent) => glslFloat(1 / extent));
  const isPower = Number.isInteger(Math.log2(width));
  const column = isPower ? `t & ${width - 1}` : `t - r * ${width}`;
  const x = `(float(${column}) + 0.5) * ${u}`;
  const row = `  int r = ${quotient('int', 't', width, size + 4)};`;
  return layers === 1
    ? `${row}
  return texture(s${at}, vec2(${x}, (float(r) + 0.5) * ${v}));`
    : `${row}
  return texture(s${at}, vec3(${x}, (float(r >> 2) + 0.5) * ${v}, float(r & 3)));`;
}
