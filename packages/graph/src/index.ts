export { einsum, matMul } from './build/contract.js';
export { broadcastTo, constant, createNode, input, iota, reshape, state, toNode } from './build/create.js';
export {
  abs,
  add,
  and,
  cast,
  cos,
  div,
  equal,
  erf,
  exp,
  expm1,
  floor,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  log1p,
  max,
  min,
  mul,
  neg,
  not,
  notEqual,
  or,
  pow,
  select,
  sigmoid,
  sign,
  sin,
  sqrt,
  square,
  stopGradient,
  sub,
  tanh,
} from './build/elementwise.js';
export { fold, gather, oneHot, patches, random, scatterAdd, type WindowOptions } from './build/indexing.js';
export {
  concat,
  expandDims,
  flatten,
  pad,
  reverse,
  slice,
  sliceAxis,
  squeeze,
  stack,
  transpose,
} from './build/move.js';
export {
  type Axes,
  argMax,
  cumsum,
  mean,
  type ReduceOptions,
  reduceMax,
  reduceMin,
  sum,
} from './build/reduce.js';
export { type Cost, costOf, costOfNode } from './cost.js';
export { gradient, gradientProgram } from './differentiate/gradient.js';
export {
  type EinsumRoles,
  type EinsumSpec,
  einsumExtents,
  einsumRoles,
  formatEinsum,
  parseEinsum,
} from './einsumSpec.js';
export {
  DTypeError,
  type ErrorFields,
  InternalError,
  PolyneuronError,
  ProgramError,
  ShapeError,
  ValueError,
} from './errors.js';
export { forEachCoordinate } from './interpret/coordinates.js';
export { type Bindings, interpret, interpretNodes, type Values } from './interpret/interpret.js';
export { storedAs } from './interpret/ops.js';
export { type ScalarOp, scalarOps } from './interpret/scalarOps.js';
export { threefry2x32, uniformValues } from './interpret/threefry.js';
export {
  type NoAttributes,
  type OpAttributes,
  type OpInfo,
  type OpKind,
  opInfo,
  opNames,
  type Window2d,
} from './ops.js';
export { print, printNode } from './print.js';
export { defineProgram, nodesOf, type ProgramParts, programOf, rootsOf } from './program.js';
export { inferSpec, shapeRules, windowCount } from './shapeRules.js';
export {
  broadcastShapes,
  formatShape,
  formatSpec,
  isSameShape,
  normalizeAxes,
  normalizeAxis,
  sizeOf,
  stridesOf,
} from './shapes.js';
export { simplify } from './simplify/simplify.js';
export { mapGraph, topologicalOrder } from './traverse.js';
export type { DType, Node, NodeOf, Operand, OpName, Program, Shape, TensorSpec } from './types.js';
export { verify } from './verify.js';
