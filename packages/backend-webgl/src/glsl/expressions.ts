import type { ScalarOpName } from '@polyneuron/fusion';
import type { DType } from '@polyneuron/graph';
import { type GlslName, glslFloat } from './functions.js';

/** What values of a dtype are in a shader, four at a time; a bool is 0 or 1. */
export const vectorType = (dtype: DType): 'vec4' | 'ivec4' => (dtype === 'float32' ? 'vec4' : 'ivec4');

export const vectorLiteral = (value: number, dtype: DType): string =>
  dtype === 'float32'
    ? `vec4(${glslFloat(value)})`
    : `ivec4(${dtype === 'bool' ? Number(value !== 0) : intLiteral(value | 0)})`;

/** The smallest integer has no literal of its own. */
export const intLiteral = (value: number): string =>
  value === -(2 ** 31) ? '(-2147483647 - 1)' : value < 0 ? `(${value})` : String(value);

interface Operands {
  /** Names of the operands. */
  readonly of: readonly string[];
  readonly from: DType;
  readonly to: DType;
  /** Calls a function of the library. */
  call(name: GlslName, ...of: readonly string[]): string;
}

type Expression = (operands: Operands) => string;

const prefix =
  (sign: string): Expression =>
  ({ of: [a] }) =>
    `${sign}${a}`;
const infix =
  (sign: string): Expression =>
  ({ of: [a, b] }) =>
    `${a} ${sign} ${b}`;
const builtIn =
  (name: string): Expression =>
  ({ of }) =>
    `${name}(${of.join(', ')})`;
const compare =
  (name: string): Expression =>
  ({ of }) =>
    `ivec4(${name}(${of.join(', ')}))`;
const library =
  (name: GlslName): Expression =>
  ({ of, call }) =>
    call(name, ...of);
/** One function for float32, another for integers. */
const byType =
  (float: Expression, int: Expression): Expression =>
  (operands) =>
    (operands.from === 'float32' ? float : int)(operands);

const cast: Expression = ({ of: [a], from, to, call }) => {
  if (from === to) return a;
  if (to === 'bool') return `ivec4(notEqual(${a}, ${vectorLiteral(0, from)}))`;
  if (to === 'float32') return `vec4(${a})`;
  return from === 'float32' ? call('toInt', a) : a;
};

export const expressions: { readonly [K in ScalarOpName]: Expression } = {
  neg: prefix('-'),
  abs: builtIn('abs'),
  sign: byType(library('signOf'), builtIn('sign')),
  floor: builtIn('floor'),
  exp: library('expOf'),
  expm1: library('expm1Of'),
  log: library('logOf'),
  log1p: library('log1pOf'),
  sqrt: library('sqrtOf'),
  sin: library('sinOf'),
  cos: library('cosOf'),
  tanh: library('tanhOf'),
  sigmoid: library('sigmoidOf'),
  erf: library('erfOf'),
  not: ({ of: [a] }) => `1 - ${a}`,
  cast,
  add: infix('+'),
  sub: infix('-'),
  mul: infix('*'),
  div: byType(infix('/'), library('divideInt')),
  pow: library('powOf'),
  max: byType(library('maxOf'), builtIn('max')),
  min: byType(library('minOf'), builtIn('min')),
  equal: compare('equal'),
  less: compare('lessThan'),
  lessEqual: compare('lessThanEqual'),
  and: infix('&'),
  or: infix('|'),
  select: ({ of: [c, a, b], to, call }) =>
    to === 'float32' ? `mix(${b}, ${a}, bvec4(${c}))` : call('pickInt', c, a, b),
};
