/**
 * @file Puts each node on the schedule.
 *
 * A node may join any group at or after the last step that its operands need, so the schedule is valid at every
 * moment; what cannot join opens a new step at the end. Elementwise nodes join groups of their own shape: loop nests,
 * or contractions, whose epilogue they become. That alone puts biases, activations, their derivatives and optimizer
 * updates where the value is still in registers. Moves cost nothing: they become strides of whoever reads them.
 */
import {
  einsumExtents,
  einsumRoles,
  isSameShape,
  type Node,
  type NodeOf,
  type OpName,
  opInfo,
  parseEinsum,
  type Shape,
  sizeOf,
  stridesOf,
} from '@polyneuron/graph';
import {
  broadcastAccess,
  contiguous,
  reshapeAccess,
  reverseAccess,
  sliceAccess,
  transposeAccess,
} from './access.js';
import { Group } from './group.js';
import type { Access, ScalarOpName } from './plan.js';
import type { Schedule, Stored } from './schedule.js';

type Placement<K extends OpName> = (schedule: Schedule, node: NodeOf<K> & Node) => void;

const leaf: Placement<'input' | 'state'> = (schedule, node) => {
  const buffer = schedule.leaves[node.op].get(node.attributes.name) as number;
  schedule.setStored(node, { access: contiguous(buffer, node.shape), from: 0 });
};

/** A view of the operand's memory; a copy where strides cannot say it. */
const view =
  <K extends OpName>(change: (access: Access, node: NodeOf<K> & Node) => Access | undefined): Placement<K> =>
  (schedule, node) => {
    const source = schedule.materialize(node.inputs[0]);
    const access = change(source.access, node);
    if (access) return schedule.setStored(node, { access, from: source.from });
    const copied = copy(schedule, node.inputs[0]);
    schedule.setStored(node, { access: change(copied.access, node) as Access, from: copied.from });
  };

/** Rewrites a strided value row by row, so that any reshape of it is a view. */
function copy(schedule: Schedule, node: Node): Stored {
  const source = schedule.materialize(node);
  const target = schedule.scratch(node);
  const group = schedule.openGroup(node.shape);
  group.stores.push({ value: group.load(source.access, node.dtype), access: target });
  return { access: target, from: group.index + 1 };
}

/** The single value of a uniform constant. */
function literalOf(node: Node): number | undefined {
  return node.op === 'constant' && node.attributes.values.length === 1
    ? node.attributes.values[0]
    : undefined;
}

/** Statement of an operand inside `group`: a value already there, a literal, a load, or computed here at last. */
function operandIn(schedule: Schedule, group: Group, operand: Node): number {
  const member = group.members.get(operand);
  if (member !== undefined) return member;
  if (schedule.isDeferred(operand)) return computeIn(schedule, group, operand as NodeOf<ScalarOpName> & Node);
  const literal = literalOf(operand);
  if (literal !== undefined) return group.push({ op: 'literal', value: literal, dtype: operand.dtype });
  return group.load(schedule.materialize(operand).access, operand.dtype);
}

/** First step that may read an operand from memory; inside its own group it is there at once. */
function availableFrom(schedule: Schedule, operand: Node, known = new Map<Node, number>()): number {
  const cached = known.get(operand);
  if (cached !== undefined) return cached;
  const from = schedule.isDeferred(operand)
    ? Math.max(0, ...operand.inputs.map((input) => availableFrom(schedule, input, known)))
    : (schedule.storedOf(operand)?.from ?? (schedule.homeOf(operand) as Group).index + 1);
  known.set(operand, from);
  return from;
}

/** The last group of this shape that has all operands or comes after them; a new one where there is none. */
function groupFor(
  schedule: Schedule,
  operands: readonly Node[],
  shape: Shape,
  accepts: (group: Group) => boolean = () => true,
): Group {
  const known = new Map<Node, number>();
  const from = operands.map((operand) => availableFrom(schedule, operand, known));
  const isReady = (group: Group) =>
    operands.every((operand, at) => group.members.has(operand) || from[at] <= group.index);
  for (let index = schedule.steps.length - 1; index >= 0; index--) {
    const step = schedule.steps[index];
    if (
      step instanceof Group &&
      step.isOpen &&
      isSameShape(step.domain, shape) &&
      accepts(step) &&
      isReady(step)
    )
      return step;
  }
  return schedule.openGroup(shape);
}

function computeIn(schedule: Schedule, group: Group, node: NodeOf<ScalarOpName> & Node): number {
  const operands = node.inputs.map((operand) => operandIn(schedule, group, operand));
  const statement = group.push({ op: node.op, operands, dtype: node.dtype });
  schedule.settle(node, group, statement);
  return statement;
}

/** Longer chains of waiting nodes are placed at once: placing them is recursive. */
const depthLimit = 32;

/**
 * A node whose operands lie in memory waits for its first reader and is computed there: opening a loop for it would
 * only write what the reader loads again.
 */
const elementwise: Placement<ScalarOpName> = (schedule, node) => {
  const place = () => {
    computeIn(schedule, groupFor(schedule, node.inputs, node.shape), node);
  };
  const isFromMemory = node.inputs.every(
    (operand) => schedule.isDeferred(operand) || schedule.storedOf(operand) !== undefined,
  );
  const depth = Math.max(0, ...node.inputs.map((operand) => schedule.deferredDepth(operand)));
  // A number is computed at once: waiting would put it after the kernels that could have read it
  if (isFromMemory && depth < depthLimit && sizeOf(node.shape) > 1) schedule.defer(node, place);
  else place();
};

const reduction =
  (op: 'sum' | 'max'): Placement<'sum' | 'reduceMax'> =>
  (schedule, node) => {
    const [x] = node.inputs;
    const { axes } = node.attributes;
    // Threads divide the rows of a contraction, and sums over rows must not depend on how
    const group = groupFor(schedule, [x], x.shape, ({ contraction }) => contraction === undefined);
    const target = schedule.scratch(node);
    let kept = 0;
    const strides = x.shape.map((_, axis) => (axes.includes(axis) ? 0 : target.strides[kept++]));
    group.reductions.push({
      value: operandIn(schedule, group, x),
      op,
      axes,
      access: { ...target, strides },
      dtype: node.dtype,
    });
    schedule.setStored(node, { access: target, from: group.index + 1 });
  };

/** Writes parts of one result through views of its memory. */
function writeParts(
  schedule: Schedule,
  node: Node,
  parts: readonly { value: Node | number; shape: readonly number[]; begin: readonly number[] }[],
): void {
  const target = schedule.scratch(node);
  for (const { value, shape, begin } of parts) {
    if (sizeOf(shape) === 0) continue;
    const source = typeof value === 'number' ? undefined : schedule.materialize(value);
    const group = schedule.openGroup(shape);
    const statement = source
      ? group.load(source.access, node.dtype)
      : group.push({ op: 'literal', value: value as number, dtype: node.dtype });
    group.stores.push({ value: statement, access: sliceAccess(target, begin) });
  }
  schedule.setStored(node, { access: target, from: schedule.steps.length });
}

/** Contiguous memory of a value. */
function dense(schedule: Schedule, node: Node): Access {
  const { access } = schedule.materialize(node);
  const strides = stridesOf(node.shape);
  const isDense =
    access.offset === 0 &&
    node.shape.every((extent, axis) => extent <= 1 || access.strides[axis] === strides[axis]);
  return isDense && schedule.buffers[access.buffer].size === sizeOf(node.shape)
    ? { ...access, strides }
    : copy(schedule, node).access;
}

const einsum: Placement<'einsum'> = (schedule, node) => {
  const spec = parseEinsum(node.attributes.spec);
  const swapped =
    spec.output.length > 0 &&
    spec.left.includes(spec.output[spec.output.length - 1]) &&
    !spec.right.includes(spec.output[spec.output.length - 1]);
  const [left, right] = swapped ? [node.inputs[1], node.inputs[0]] : node.inputs;
  const { output } = spec;
  const oriented = swapped ? { left: spec.right, right: spec.left, output } : spec;
  const roles = einsumRoles(oriented);
  const extents = einsumExtents(oriented, left.shape, right.shape);
  const inOutputOrder = (labels: readonly string[]) =>
    [...labels].sort((p, q) => output.indexOf(p) - output.indexOf(q));
  const [batch, rows, columns] = [roles.batch, roles.rows, roles.columns].map(inOutputOrder);
  const shapeOf = (labels: readonly string[]) => labels.map((label) => extents.get(label) as number);
  const pick = ({ access }: Stored, own: readonly string[], wanted: readonly string[]): Access => ({
    ...access,
    strides: wanted.map((label) => access.strides[own.indexOf(label)]),
  });
  const canonical = [...batch, ...rows, ...columns];
  const group = (() => {
    const [a, b] = [schedule.materialize(left), schedule.materialize(right)];
    return schedule.openGroup(shapeOf(canonical), {
      batch: shapeOf(batch),
      rows: shapeOf(rows),
      columns: shapeOf(columns),
      depth: shapeOf(roles.depth),
      left: pick(a, oriented.left, [...batch, ...rows, ...roles.depth]),
      right: pick(b, oriented.right, [...batch, ...roles.depth, ...columns]),
    });
  })();
  const product = group.push({ op: 'product', dtype: 'float32' });
  const isCanonical = canonical.every((label, axis) => label === output[axis]);
  if (isCanonical) return schedule.settle(node, group, product);
  const target = schedule.scratch(node, shapeOf(canonical));
  group.stores.push({ value: product, access: target });
  schedule.setStored(node, {
    access: { ...target, strides: output.map((label) => target.strides[canonical.indexOf(label)]) },
    from: group.index + 1,
  });
};

/** Image coordinates of windows: the padded image seen through overlapping strides. */
function windowAccess(
  access: Access,
  { strides: [sh, sw], dilations: [dh, dw] }: NodeOf<'patches'>['attributes'],
): Access {
  const [b, h, w, c] = access.strides;
  return { ...access, strides: [b, h * sh, w * sw, h * dh, w * dw, c] };
}

export const placements: { readonly [K in OpName]: Placement<K> } = {
  ...(Object.fromEntries(
    Object.keys(opInfo)
      .filter((op) => opInfo[op as OpName].kind === 'elementwise')
      .map((op) => [op, elementwise]),
  ) as unknown as {
    [K in ScalarOpName]: Placement<K>;
  }),
  input: leaf,
  state: leaf,
  constant: (schedule, node) => {
    if (literalOf(node) !== undefined) {
      // Readers inside groups take the literal; whoever needs memory reads one element with strides 0
      const buffer = schedule.buffer('constant', 'literal', node.dtype, 1, node.attributes.values);
      return schedule.setStored(node, {
        access: { buffer, offset: 0, strides: node.shape.map(() => 0) },
        from: 0,
      });
    }
    const buffer = schedule.buffer(
      'constant',
      'constant',
      node.dtype,
      sizeOf(node.shape),
      node.attributes.values,
    );
    schedule.setStored(node, { access: contiguous(buffer, node.shape), from: 0 });
  },
  iota: (schedule, node) => {
    const group = groupFor(schedule, [], node.shape);
    schedule.settle(node, group, group.push({ op: 'index', axis: node.attributes.axis, dtype: 'int32' }));
  },
  stopGradient: (schedule, node) => {
    const [x] = node.inputs;
    const home = schedule.homeOf(x);
    if (home) schedule.settle(node, home, home.members.get(x) as number);
    const stored = schedule.storedOf(x);
    if (stored) schedule.setStored(node, stored);
  },
  sum: reduction('sum'),
  reduceMax: reduction('max'),
  argMax: (schedule, node) => {
    const [x] = node.inputs;
    const { axis } = node.attributes;
    const last = [...x.shape.keys()].filter((at) => at !== axis).concat(axis);
    const source = schedule.materialize(x).access;
    const target = schedule.scratch(node);
    const from = schedule.append({
      kind: 'argMax',
      domain: last.map((at) => x.shape[at]),
      source: transposeAccess(source, last),
      target,
      dtype: x.dtype,
    });
    schedule.setStored(node, { access: target, from });
  },
  broadcast: view((access, node) => broadcastAccess(access, node.inputs[0].shape, node.shape)),
  reshape: view((access, node) => reshapeAccess(access, node.inputs[0].shape, node.shape)),
  transpose: view((access, node) => transposeAccess(access, node.attributes.permutation)),
  slice: view((access, node) => sliceAccess(access, node.attributes.begin)),
  reverse: view((access, node) => reverseAccess(access, node.shape, node.attributes.axes)),
  pad: (schedule, node) => {
    const [x] = node.inputs;
    const { before, value } = node.attributes;
    writeParts(schedule, node, [
      { value, shape: node.shape, begin: node.shape.map(() => 0) },
      { value: x, shape: x.shape, begin: before },
    ]);
  },
  concat: (schedule, node) => {
    const { axis } = node.attributes;
    let at = 0;
    const parts = node.inputs.map((part) => {
      at += part.shape[axis];
      return {
        value: part,
        shape: part.shape,
        begin: part.shape.map((extent, i) => (i === axis ? at - extent : 0)),
      };
    });
    writeParts(schedule, node, parts);
  },
  einsum,
  cumsum: (schedule, node) => {
    const [x] = node.inputs;
    const { axis, exclusive, reverse } = node.attributes;
    const target = schedule.scratch(node);
    const source = schedule.materialize(x).access;
    const from = schedule.append({
      kind: 'cumulative',
      domain: node.shape,
      axis,
      exclusive,
      reverse,
      source,
      target,
      dtype: node.dtype,
    });
    schedule.setStored(node, { access: target, from });
  },
  gather: (schedule, node) => {
    const [table, indices] = node.inputs;
    const { axis } = node.attributes;
    const [tableAccess, indexAccess] = [dense(schedule, table), dense(schedule, indices)];
    const target = schedule.scratch(node);
    const from = schedule.append({
      kind: 'gather',
      outer: sizeOf(table.shape.slice(0, axis)),
      count: sizeOf(indices.shape),
      inner: sizeOf(table.shape.slice(axis + 1)),
      size: table.shape[axis],
      table: tableAccess,
      indices: indexAccess,
      target,
    });
    schedule.setStored(node, { access: target, from });
  },
  scatterAdd: (schedule, node) => {
    const [updates, indices] = node.inputs;
    const { axis, size } = node.attributes;
    const [updateAccess, indexAccess] = [dense(schedule, updates), dense(schedule, indices)];
    const target = schedule.scratch(node);
    const from = schedule.append({
      kind: 'scatterAdd',
      outer: sizeOf(node.shape.slice(0, axis)),
      count: sizeOf(indices.shape),
      inner: sizeOf(node.shape.slice(axis + 1)),
      size,
      updates: updateAccess,
      indices: indexAccess,
      target,
      dtype: node.dtype,
    });
    schedule.setStored(node, { access: target, from });
  },
  patches: (schedule, node) => {
    const [x] = node.inputs;
    const { padding } = node.attributes;
    const [[top, bottom], [left, right]] = padding;
    const source = schedule.materialize(x);
    if (top + bottom + left + right === 0)
      return schedule.setStored(node, {
        access: windowAccess(source.access, node.attributes),
        from: source.from,
      });
    const [batch, height, width, channels] = x.shape;
    const shape = [batch, top + height + bottom, left + width + right, channels];
    const target = schedule.scratch(node, shape);
    const zero = schedule.openGroup(shape);
    zero.stores.push({ value: zero.push({ op: 'literal', value: 0, dtype: 'float32' }), access: target });
    const inner = schedule.openGroup(x.shape);
    inner.stores.push({
      value: inner.load(source.access, 'float32'),
      access: sliceAccess(target, [0, top, left, 0]),
    });
    schedule.setStored(node, { access: windowAccess(target, node.attributes), from: schedule.steps.length });
  },
  fold: (schedule, node) => {
    const [x] = node.inputs;
    const { size, window, padding } = node.attributes;
    const [[top, bottom], [left, right]] = padding;
    const [batch, rows, columns, , , channels] = x.shape;
    const shape = [batch, top + size[0] + bottom, left + size[1] + right, channels];
    const source = schedule.materialize(x);
    const target = schedule.scratch(node, shape);
    const windows = windowAccess(target, node.attributes);
    const zero = schedule.openGroup(shape);
    zero.stores.push({ value: zero.push({ op: 'literal', value: 0, dtype: 'float32' }), access: target });
    // Windows at one place of the window never overlap: one pass per place
    for (let i = 0; i < window[0]; i++) {
      for (let j = 0; j < window[1]; j++) {
        const at = (access: Access): Access => {
          const { buffer, offset, strides } = sliceAccess(access, [0, 0, 0, i, j, 0]);
          return { buffer, offset, strides: [strides[0], strides[1], strides[2], strides[5]] };
        };
        const group = schedule.openGroup([batch, rows, columns, channels]);
        const operands = [group.load(at(windows), 'float32'), group.load(at(source.access), 'float32')];
        group.stores.push({
          value: group.push({ op: 'add', operands, dtype: 'float32' }),
          access: at(windows),
        });
      }
    }
    schedule.setStored(node, { access: sliceAccess(target, [0, top, left, 0]), from: schedule.steps.length });
  },
  random: (schedule, node) => {
    const key = dense(schedule, node.inputs[0]);
    const target = schedule.scratch(node);
    const from = schedule.append({ kind: 'random', count: sizeOf(node.shape), key, target });
    schedule.setStored(node, { access: target, from });
  },
};
