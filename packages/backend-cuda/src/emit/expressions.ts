import type { ScalarOpName } from '@polyneuron/fusion';
import type { DType } from '@polyneuron/graph';
import type { DeviceFunctionName } from './deviceFunctions.js';
import { literal } from './literals.js';

interface Operands {
  /** Names of the operands. */
  readonly of: readonly string[];
  readonly from: DType;
  readonly to: DType;
  /** Calls a function of `deviceFunctions`. */
  call(name: DeviceFunctionName, ...of: readonly string[]): string;
}

type Expression = (operands: Operands) => string;

const infix =
  (sign: string): Expression =>
  ({ of: [a, b] }) =>
    `${a} ${sign} ${b}`;
const builtIn =
  (name: string): Expression =>
  ({ of }) =>
    `${name}(${of.join(', ')})`;
const compare =
  (sign: string): Expression =>
  ({ of: [a, b] }) =>
    `(int)(${a} ${sign} ${b})`;
const device =
  (name: DeviceFunctionName): Expression =>
  ({ of, call }) =>
    call(name, ...of);
/** One function for float32, another for integers. */
const byType =
  (float: Expression, int: Expression): Expression =>
  (operands) =>
    (operands.from === 'float32' ? float : int)(operands);

const cast: Expression = ({ of: [a], from, to }) => {
  if (from === to) return a;
  if (to === 'bool') return `(int)(${a} != ${literal(0, from)})`;
  if (to === 'float32') return `(float)${a}`;
  // Truncates; NaN gives 0, and what is too large the nearest integer
  return from === 'float32' ? `__float2int_rz(${a})` : a;
};

/** Every op of a statement as an expression of CUDA C. */
export const expressions: { readonly [K in ScalarOpName]: Expression } = {
  neg: byType(({ of: [a] }) => `-${a}`, device('negInt')),
  abs: byType(builtIn('fabsf'), device('absInt')),
  sign: byType(device('signOf'), device('signInt')),
  floor: builtIn('floorf'),
  exp: builtIn('expf'),
  expm1: builtIn('expm1f'),
  log: builtIn('logf'),
  log1p: builtIn('log1pf'),
  sqrt: builtIn('sqrtf'),
  sin: builtIn('sinf'),
  cos: builtIn('cosf'),
  tanh: builtIn('tanhf'),
  sigmoid: device('sigmoidOf'),
  erf: builtIn('erff'),
  not: ({ of: [a] }) => `1 - ${a}`,
  cast,
  add: byType(infix('+'), device('addInt')),
  sub: byType(infix('-'), device('subInt')),
  mul: byType(infix('*'), device('mulInt')),
  div: byType(infix('/'), device('divideInt')),
  pow: device('powOf'),
  max: byType(device('maxOf'), device('maxInt')),
  min: byType(device('minOf'), device('minInt')),
  equal: compare('=='),
  less: compare('<'),
  lessEqual: compare('<='),
  and: infix('&'),
  or: infix('|'),
  select: ({ of: [c, a, b] }) => `${c} ? ${a} : ${b}`,
};
