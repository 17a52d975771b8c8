import type { ScalarOpName } from '@polyneuron/fusion';
import type { DType } from '@polyneuron/graph';
import type { Code } from '../assembler/code.js';
import type { Module } from '../assembler/module.js';
import { erf } from '../math/erf.js';
import { exp, expm1 } from '../math/exp.js';
import { sigmoid, tanh } from '../math/hyperbolic.js';
import { log, log1p } from '../math/log.js';
import { pow } from '../math/pow.js';
import { cos, sin } from '../math/trigonometric.js';
import { call, inline, type VectorFunction } from '../math/vectorFunction.js';

export interface EmitContext {
  readonly code: Code;
  readonly module: Module;
  /** Write functions out in place; else call them. */
  readonly isInlining: boolean;
  /** dtype of the operands. */
  readonly from: DType;
  /** dtype of the result. */
  readonly to: DType;
  /** Pushes one operand: float32 and int32 as four lanes, bool as four masks of ones or zeros. */
  push(operand: number): Code;
}

type Emitter = (context: EmitContext) => void;

const pushAll = ({ push, code }: EmitContext, count: number): Code => {
  for (let operand = 0; operand < count; operand++) push(operand);
  return code;
};

type Simple = Parameters<Code['op']>[0];

/** One instruction per dtype. */
const instruction =
  (arity: number, names: Partial<Record<DType, Simple>>): Emitter =>
  (context) => {
    pushAll(context, arity).op(names[context.from] as Simple);
  };

const apply =
  (f: VectorFunction): Emitter =>
  (context) => {
    const code = pushAll(context, f.arity);
    if (context.isInlining) inline(code, f);
    else call(code, context.module, f);
  };

/** (x > 0) - (x < 0), NaN for NaN. */
const sign: Emitter = (context) => {
  const { push, from } = context;
  if (from === 'int32') {
    push(0).i32x4(0).op('i32x4.lt_s');
    push(0).i32x4(0).op('i32x4.gt_s', 'i32x4.sub');
    return;
  }
  push(0).f32x4(0).op('f32x4.gt').f32x4(1).op('v128.and');
  push(0).f32x4(0).op('f32x4.lt').f32x4(1).op('v128.and', 'f32x4.sub');
  // NaN where x ≠ x, else 0
  push(0);
  push(0);
  push(0).op('f32x4.ne', 'v128.and', 'f32x4.add');
};

/** Lane by lane: SIMD has no integer division. x / 0 is 0, as `(x / 0) | 0` is. */
const divide: Emitter = (context) => {
  const { code, push, from } = context;
  if (from === 'float32') {
    pushAll(context, 2).op('f32x4.div');
    return;
  }
  const [a, b, result] = [code.local('v128'), code.local('v128'), code.local('v128')];
  push(0).set(a);
  push(1).set(b);
  code.i32x4(0).set(result);
  for (let at = 0; at < 4; at++) {
    const divisor = code.local('i32');
    code
      .get(b)
      .lane('i32x4.extract_lane', at)
      .tee(divisor)
      .if(() => {
        code.get(result).get(a).lane('i32x4.extract_lane', at);
        // -2^31 / -1 overflows to itself, which the instruction traps on: negate instead
        const quotient = code.local('i32');
        code.set(quotient);
        code
          .get(divisor)
          .i32(-1)
          .op('i32.eq')
          .if(
            () => code.i32(0).get(quotient).op('i32.sub').set(quotient),
            () => code.get(quotient).get(divisor).op('i32.div_s').set(quotient),
          );
        code.get(quotient).lane('i32x4.replace_lane', at).set(result);
      });
  }
  code.get(result);
};

const cast: Emitter = ({ code, push, from, to }) => {
  push(0);
  if (from === to) return;
  // A mask of ones is the integer -1
  if (from === 'bool') code.op('i32x4.neg');
  if (from === 'bool' && to === 'float32') code.op('f32x4.convert_i32x4_s');
  if (from === 'float32' && to === 'int32') code.op('i32x4.trunc_sat_f32x4_s');
  if (from === 'int32' && to === 'float32') code.op('f32x4.convert_i32x4_s');
  if (from === 'float32' && to === 'bool') code.f32x4(0).op('f32x4.ne');
  if (from === 'int32' && to === 'bool') code.i32x4(0).op('i32x4.ne');
};

export const emitters: { readonly [K in ScalarOpName]: Emitter } = {
  neg: instruction(1, { float32: 'f32x4.neg', int32: 'i32x4.neg' }),
  abs: instruction(1, { float32: 'f32x4.abs', int32: 'i32x4.abs' }),
  sign,
  floor: instruction(1, { float32: 'f32x4.floor' }),
  exp: apply(exp),
  expm1: apply(expm1),
  log: apply(log),
  log1p: apply(log1p),
  sqrt: instruction(1, { float32: 'f32x4.sqrt' }),
  sin: apply(sin),
  cos: apply(cos),
  tanh: apply(tanh),
  sigmoid: apply(sigmoid),
  erf: apply(erf),
  not: instruction(1, { bool: 'v128.not' }),
  cast,
  add: instruction(2, { float32: 'f32x4.add', int32: 'i32x4.add' }),
  sub: instruction(2, { float32: 'f32x4.sub', int32: 'i32x4.sub' }),
  mul: instruction(2, { float32: 'f32x4.mul', int32: 'i32x4.mul' }),
  div: divide,
  pow: apply(pow),
  max: instruction(2, { float32: 'f32x4.max', int32: 'i32x4.max_s' }),
  min: instruction(2, { float32: 'f32x4.min', int32: 'i32x4.min_s' }),
  equal: instruction(2, { float32: 'f32x4.eq', int32: 'i32x4.eq', bool: 'i32x4.eq' }),
  less: instruction(2, { float32: 'f32x4.lt', int32: 'i32x4.lt_s' }),
  lessEqual: instruction(2, { float32: 'f32x4.le', int32: 'i32x4.le_s' }),
  and: instruction(2, { bool: 'v128.and' }),
  or: instruction(2, { bool: 'v128.or' }),
  select: ({ push }) => {
    push(1);
    push(2);
    push(0).op('v128.bitselect');
  },
};

const functions: ReadonlySet<ScalarOpName> = new Set<ScalarOpName>([
  'exp',
  'expm1',
  'log',
  'log1p',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'erf',
  'pow',
]);
/** Bodies with more functions than this call them: code grows by some 50 instructions each, twice per loop. */
const inlineLimit = 6;

/** Whether the functions of a body are few enough to be written out. */
export function inlinesFunctions(statements: readonly { readonly op: string }[]): boolean {
  return statements.filter(({ op }) => functions.has(op as ScalarOpName)).length <= inlineLimit;
}

/** Pushes four equal lanes; a true bool is a mask of ones. */
export function pushLiteral(code: Code, value: number, dtype: DType): Code {
  if (dtype === 'float32') return code.f32x4(value);
  return code.i32x4(dtype === 'bool' ? -Number(value !== 0) : value | 0);
}
