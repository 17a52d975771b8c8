/**
 * @file Small networks as one loop over the batch.
 *
 * Nodes fall into three parts: those that do not depend on the batch (before the loop), those that have a value per
 * sample (inside it), and those that depend on sums over the batch (after it). When no value per sample depends on
 * such a sum, and one sample needs few enough operations, the whole inside becomes a single kernel without arrays.
 */
import {
  einsumExtents,
  type Node,
  nodesOf,
  type OpName,
  opInfo,
  type Program,
  parseEinsum,
  rootsOf,
  sizeOf,
} from '@polyneuron/graph';
import { LaneLoop } from './laneLoop.js';
import { placements } from './place.js';
import type { Schedule } from './schedule.js';

/** Beyond this many statements the values of one sample no longer stay near the registers, and tiles win. */
const statementLimit = 1200;
/** Fewer samples than this leave lanes empty. */
const batchLimit = 8;

/** Where a node stands: free of the batch, one value per sample, or after a sum over samples. */
type Part = 'before' | 'inside' | 'sum' | 'after';

/**
 * Places the part of a program that runs across lanes, when there is one, together with all that it needs. Returns
 * the nodes that are left to place, in order.
 */
export function placeAcrossLanes(schedule: Schedule, program: Program): Node[] {
  const order = numbersFirst(nodesOf(program));
  const batch = batchOf(order);
  const parts = batch === undefined ? undefined : partition(order, batch);
  if (batch === undefined || !parts || workPerSample(order, parts) > statementLimit) return order;
  const before = order.filter((node) => parts.get(node) === 'before');
  for (const node of before)
    (placements[node.op] as (schedule: Schedule, node: Node) => void)(schedule, node);
  const loop = new LaneLoop(schedule, batch);
  for (const node of order) {
    if (parts.get(node) === 'inside') loop.addInside(node);
    if (parts.get(node) === 'sum') loop.addSum(node);
  }
  const readers = order.filter((node) => parts.get(node) === 'after');
  loop.finish(new Set([...readers.flatMap((node) => node.inputs), ...rootsOf(program)]));
  return order.filter((node) => parts.get(node) === 'after');
}

/**
 * Single numbers that depend on nothing else (step counters, learning rates, powers of beta) come first, so that
 * every kernel may read them.
 */
export function numbersFirst(order: readonly Node[]): Node[] {
  const early = new Set<Node>();
  for (const node of order)
    if (sizeOf(node.shape) === 1 && node.inputs.every((operand) => early.has(operand))) early.add(node);
  return [...order.filter((node) => early.has(node)), ...order.filter((node) => !early.has(node))];
}

/** The leading extent that all inputs but single numbers share; undefined where they share none that is worth it. */
function batchOf(order: readonly Node[]): number | undefined {
  const extents = order.flatMap((node) =>
    node.op === 'input' && node.shape.length > 0 ? [node.shape[0]] : [],
  );
  const [batch] = extents;
  return batch !== undefined && batch >= batchLimit && extents.every((extent) => extent === batch)
    ? batch
    : undefined;
}

/** The part of each node, or undefined where the program does not have this form. */
function partition(order: readonly Node[], batch: number): Map<Node, Part> | undefined {
  const parts = new Map<Node, Part>();
  for (const node of order) {
    const part = partOf(node, batch, parts);
    if (part === undefined) return undefined;
    parts.set(node, part);
  }
  return parts;
}

function partOf(node: Node, batch: number, parts: ReadonlyMap<Node, Part>): Part | undefined {
  if (node.op === 'input') return node.shape.length > 0 ? 'inside' : 'before';
  // Nothing inside may be empty: the loop folds from its first element
  if (node.shape.includes(0) || node.inputs.some(({ shape }) => shape.includes(0))) return undefined;
  const of = node.inputs.map((operand) => parts.get(operand) as Part);
  const isVarying = of.includes('inside');
  const isLate = of.includes('sum') || of.includes('after');
  if (!isVarying) return isLate ? 'after' : 'before';
  const isSum = sumsBatch(node, parts);
  // Rows of a table with a value per sample belong to other samples
  const isCrossing = node.op === 'gather' && of[0] === 'inside';
  if (isLate || isCrossing || isSum === undefined) return undefined;
  if (isSum) return node.dtype === 'float32' ? 'sum' : undefined;
  return node.shape[0] === batch && keepsBatch(node, batch) ? 'inside' : undefined;
}

/** Whether a node with operands per sample adds over the samples; undefined where it mixes them otherwise. */
function sumsBatch(node: Node, parts: ReadonlyMap<Node, Part>): boolean | undefined {
  if (node.op === 'sum') return node.attributes.axes.includes(0);
  if (node.op !== 'einsum') return false;
  const { left, right, output } = parseEinsum(node.attributes.spec);
  const labels = [left, right].flatMap((term, at) =>
    parts.get(node.inputs[at]) === 'inside' ? [term[0]] : [],
  );
  if (new Set(labels).size !== 1) return undefined;
  const [label] = labels;
  const other = labels.length === 2 ? [] : parts.get(node.inputs[0]) === 'inside' ? right : left;
  if (other.includes(label)) return undefined;
  if (output.includes(label)) return output[0] === label ? false : undefined;
  return labels.length === 2 ? true : undefined;
}

/** Ops that work on each sample alone, given that the batch is the first axis of operand and result. */
function keepsBatch(node: Node, batch: number): boolean {
  const sources = node.inputs.filter(({ shape }) => shape[0] === batch);
  const rule: { readonly [K in OpName]?: () => boolean } = {
    reduceMax: () => node.op === 'reduceMax' && !node.attributes.axes.includes(0),
    broadcast: () => sources.length === 1,
    reshape: () => sources.length === 1,
    transpose: () => node.op === 'transpose' && node.attributes.permutation[0] === 0,
    slice: () => sources.length === 1,
    concat: () => node.op === 'concat' && node.attributes.axis > 0,
    pad: () => node.op === 'pad' && node.attributes.before[0] === 0 && sources.length === 1,
    reverse: () => node.op === 'reverse' && !node.attributes.axes.includes(0),
    cumsum: () => node.op === 'cumsum' && node.attributes.axis > 0,
    gather: () => node.op === 'gather' && node.attributes.axis === 0 && node.inputs[1].shape.length === 1,
    sum: () => true,
    einsum: () => true,
    stopGradient: () => true,
  };
  return opInfo[node.op].kind === 'elementwise' || (rule[node.op]?.() ?? false);
}

/** Statements that one sample needs. */
function workPerSample(order: readonly Node[], parts: ReadonlyMap<Node, Part>): number {
  const works = order.map((node) => {
    const part = parts.get(node);
    if (part !== 'inside' && part !== 'sum') return 0;
    if (node.op !== 'einsum') return sizeOf(node.shape) / (part === 'inside' ? node.shape[0] : 1);
    const spec = parseEinsum(node.attributes.spec);
    const extents = einsumExtents(spec, node.inputs[0].shape, node.inputs[1].shape);
    const [first] = parts.get(node.inputs[0]) === 'inside' ? spec.left : spec.right;
    return (2 * sizeOf([...extents.values()])) / (extents.get(first) as number);
  });
  return works.reduce((sum, work) => sum + work, 0);
}
