import type { Buffer } from '@polyneuron/fusion';
import { inputWidth, type Layout } from '../device/layout.js';
import { glslFloat } from './functions.js';
import { quotient } from './quotient.js';

/** The sampler s of a buffer and the functions that read it: q a texel, e an element, g four elements. */
export function samplerText({ kind, dtype, size }: Buffer, layout: Layout, at: number): string {
  const [prefix, vector, scalar] = dtype === 'float32' ? ['', 'vec4', 'float'] : ['i', 'ivec4', 'int'];
  const sampler = `${prefix}${layout.layers === 1 ? 'sampler2D' : 'sampler2DArray'}`;
  // A scan keeps the inputs of all its steps in one texture: b is where this step's begin
  const origin = kind === 'input' ? `uniform int b${at};` : '';
  // Selects without branches: compilers of shaders take very long over many
  const pick =
    dtype === 'float32'
      ? `  vec2 half2 = mix(v.xz, v.yw, bvec2((i & 1) != 0));
  return mix(half2.x, half2.y, (i & 2) != 0);`
      : `  ivec2 half2 = (v.xz & ((i & 1) - 1)) | (v.yw & -(i & 1));
  int isHigh = (i >> 1) & 1;
  return (half2.x & (isHigh - 1)) | (half2.y & -isHigh);`;
  return `uniform ${sampler} s${at};${origin}
${vector} q${at}(int t) {
${kind === 'input' ? inputTexel(at) : texel(layout, size, at)}
}
${scalar} e${at}(int i) {
  ${vector} v = q${at}(i >> 2);
${pick}
}
${vector} g${at}(ivec4 i) { return ${vector}(e${at}(i.x), e${at}(i.y), e${at}(i.z), e${at}(i.w)); }`;
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
