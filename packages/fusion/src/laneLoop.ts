import { type Node, type NodeOf, parseEinsum, type Shape, sizeOf, stridesOf } from '@polyneuron/graph';
import { contiguous } from './access.js';
import type { Access, LaneStatement, LanesKernel, ScalarOpName } from './plan.js';
import type { Schedule } from './schedule.js';

type PerSample = {
  readonly [K in
    | 'reduceMax'
    | 'broadcast'
    | 'reshape'
    | 'transpose'
    | 'slice'
    | 'concat'
    | 'pad'
    | 'reverse'
    | 'cumsum'
    | 'gather'
    | 'sum'
    | 'einsum'
    | 'stopGradient']: (node: NodeOf<K> & Node) => number[];
};

/** Builds the body of a lanes kernel: the elements that one sample has of each node, as statements. */
export class LaneLoop {
  private readonly statements: LaneStatement[] = [];
  private readonly stores: LanesKernel['stores'][number][] = [];
  private readonly sums: LanesKernel['sums'][number][] = [];
  private readonly known = new Map<string, number>();
  /** Statements of the elements of one sample, row-major over the axes after the first. */
  private readonly elements = new Map<Node, readonly number[]>();
  private readonly totals = new Map<Node, Access>();
  private readonly schedule: Schedule;
  private readonly batch: number;

  constructor(schedule: Schedule, batch: number) {
    this.schedule = schedule;
    this.batch = batch;
  }

  /** A node with a value per sample. */
  addInside(node: Node): void {
    this.elements.set(node, this.elementsOf(node));
  }

  /** A sum over the batch. */
  addSum(node: Node): void {
    const target = this.schedule.scratch(node);
    const parts = node.op === 'einsum' ? this.products(node) : this.summed(node as NodeOf<'sum'> & Node);
    parts.forEach((value, offset) => this.sums.push({ value, buffer: target.buffer, offset }));
    this.totals.set(node, target);
  }

  /** Puts the kernel on the schedule and keeps the values per sample that others read. */
  finish(needed: ReadonlySet<Node>): void {
    const kept = [...this.elements].filter(([node]) => needed.has(node) && node.op !== 'input');
    const accesses = kept.map(([node, elements]) => {
      const target = this.schedule.scratch(node);
      elements.forEach((value, offset) =>
        this.stores.push({ value, buffer: target.buffer, offset, stride: elements.length }),
      );
      return [node, target] as const;
    });
    const { batch, statements, stores, sums } = this;
    const from = this.schedule.append({ kind: 'lanes', batch, statements, stores, sums });
    for (const [node, access] of [...accesses, ...this.totals])
      this.schedule.setStored(node, { access, from });
  }

  private push(statement: LaneStatement): number {
    const key = JSON.stringify(statement, (_, value) =>
      Object.is(value, -0)
        ? '-0'
        : Number.isFinite(value) || typeof value !== 'number'
          ? value
          : String(value),
    );
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const at = this.statements.push(statement) - 1;
    this.known.set(key, at);
    return at;
  }

  private compute(op: ScalarOpName, operands: readonly number[], dtype: LaneStatement['dtype']): number {
    return this.push({ op, operands, dtype });
  }

  private elementsOf(node: Node): number[] {
    if (node.op === 'input') {
      const access = contiguous(this.schedule.leaves.input.get(node.attributes.name) as number, node.shape);
      this.schedule.setStored(node, { access, from: 0 });
      return this.stored(node, access);
    }
    const rule = (this.rules as Partial<Record<Node['op'], (node: Node) => number[]>>)[node.op];
    if (rule) return rule(node);
    const operands = node.inputs.map((operand) => this.read(operand));
    return operands[0].map((_, at) =>
      this.compute(
        node.op as ScalarOpName,
        operands.map((list) => list[at]),
        node.dtype,
      ),
    );
  }

  /** Elements of one sample of an operand: from inside the loop, or from memory. */
  private read(node: Node): readonly number[] {
    const inside = this.elements.get(node);
    if (inside) return inside;
    const count = sizeOf(node.shape.slice(1));
    if (node.op === 'constant' && node.attributes.values.length === 1) {
      const literal = this.push({ op: 'literal', value: node.attributes.values[0], dtype: node.dtype });
      return new Array<number>(count).fill(literal);
    }
    if (node.op === 'iota' && node.attributes.axis > 0) {
      const stride = stridesOf(node.shape)[node.attributes.axis];
      return Array.from({ length: count }, (_, at) =>
        this.push({
          op: 'literal',
          value: Math.floor(at / stride) % node.shape[node.attributes.axis],
          dtype: 'int32',
        }),
      );
    }
    return this.stored(node, this.schedule.materialize(node).access);
  }

  private stored({ shape, dtype }: Node, { buffer, offset, strides }: Access): number[] {
    return offsetsOf(shape.slice(1), strides.slice(1)).map((at) =>
      this.push(
        strides[0] === 0 || shape[0] === 1
          ? { op: 'uniform', buffer, offset: offset + at, dtype }
          : { op: 'sample', buffer, offset: offset + at, stride: strides[0], dtype },
      ),
    );
  }

  /** Elements of an operand that is the same for every sample, over all of its axes. */
  private uniform(node: Node): number[] {
    if (node.op === 'constant' && node.attributes.values.length === 1) {
      const literal = this.push({ op: 'literal', value: node.attributes.values[0], dtype: node.dtype });
      return new Array<number>(sizeOf(node.shape)).fill(literal);
    }
    const { buffer, offset, strides } = this.schedule.materialize(node).access;
    return offsetsOf(node.shape, strides).map((at) =>
      this.push({ op: 'uniform', buffer, offset: offset + at, dtype: node.dtype }),
    );
  }

  private readonly rules: PerSample = {
    stopGradient: ({ inputs: [x] }) => [...this.read(x)],
    reshape: ({ inputs: [x] }) => [...this.read(x)],
    transpose: ({ inputs: [x], attributes: { permutation } }) => {
      const strides = stridesOf(x.shape.slice(1));
      const moved = permutation.slice(1).map((axis) => axis - 1);
      return this.picked(
        x,
        offsetsOf(
          moved.map((axis) => x.shape[axis + 1]),
          moved.map((axis) => strides[axis]),
        ),
      );
    },
    broadcast: ({ inputs: [x], shape }) => {
      const strides = stridesOf(x.shape.slice(1)).map((stride, axis) =>
        x.shape[axis + 1] === 1 ? 0 : stride,
      );
      return this.picked(x, offsetsOf(shape.slice(1), strides));
    },
    slice: ({ inputs: [x], shape, attributes: { begin } }) => {
      const strides = stridesOf(x.shape.slice(1));
      const start = strides.reduce((sum, stride, axis) => sum + stride * begin[axis + 1], 0);
      return this.picked(
        x,
        offsetsOf(shape.slice(1), strides).map((at) => start + at),
      );
    },
    reverse: ({ inputs: [x], attributes: { axes } }) => {
      const extents = x.shape.slice(1);
      const strides = stridesOf(extents);
      const isTurned = (axis: number) => axes.includes(axis + 1);
      const start = extents.reduce(
        (sum, extent, axis) => sum + (isTurned(axis) ? (extent - 1) * strides[axis] : 0),
        0,
      );
      return this.picked(
        x,
        offsetsOf(
          extents,
          strides.map((stride, axis) => (isTurned(axis) ? -stride : stride)),
        ).map((at) => start + at),
      );
    },
    pad: ({ inputs: [x], shape, dtype, attributes: { before, value } }) => {
      const result = new Array<number>(sizeOf(shape.slice(1))).fill(
        this.push({ op: 'literal', value, dtype }),
      );
      this.placeInto(result, shape, x, before);
      return result;
    },
    concat: ({ inputs, shape, attributes: { axis } }) => {
      const result = new Array<number>(sizeOf(shape.slice(1)));
      let from = 0;
      for (const part of inputs) {
        this.placeInto(
          result,
          shape,
          part,
          shape.map((_, at) => (at === axis ? from : 0)),
        );
        from += part.shape[axis];
      }
      return result;
    },
    sum: (node) => this.summed(node),
    reduceMax: ({ inputs: [x], attributes: { axes }, dtype }) =>
      this.reduced(x, axes, (a, b) => this.compute('max', [a, b], dtype)),
    cumsum: ({ inputs: [x], dtype, attributes: { axis, exclusive, reverse } }) => {
      const values = this.read(x);
      const extents = x.shape.slice(1);
      const stride = stridesOf(extents)[axis - 1];
      const result = new Array<number>(values.length);
      const zero = this.push({ op: 'literal', value: 0, dtype });
      values.forEach((_, first) => {
        if (Math.floor(first / stride) % extents[axis - 1] !== 0) return;
        let sum = zero;
        for (let k = 0; k < extents[axis - 1]; k++) {
          const at = first + stride * (reverse ? extents[axis - 1] - 1 - k : k);
          const next = k === 0 ? values[at] : this.compute('add', [sum, values[at]], dtype);
          result[at] = exclusive ? sum : next;
          sum = next;
        }
      });
      return result;
    },
    gather: ({ inputs: [table, indices], shape, dtype }) => {
      const [index] = this.read(indices);
      const { buffer, offset, strides } = this.schedule.materialize(table).access;
      return offsetsOf(shape.slice(1), strides.slice(1)).map((at) =>
        this.push({
          op: 'gathered',
          index,
          size: table.shape[0],
          buffer,
          offset: offset + at,
          stride: strides[0],
          dtype,
        }),
      );
    },
    einsum: (node) => this.products(node),
  };

  private picked(x: Node, places: readonly number[]): number[] {
    const values = this.read(x);
    return places.map((at) => values[at]);
  }

  private placeInto(result: number[], shape: Shape, part: Node, begin: readonly number[]): void {
    const strides = stridesOf(shape.slice(1));
    const start = strides.reduce((sum, stride, axis) => sum + stride * begin[axis + 1], 0);
    const values = this.read(part);
    offsetsOf(part.shape.slice(1), strides).forEach((at, i) => {
      result[start + at] = values[i];
    });
  }

  /** Folds the axes after the first that `axes` names; the first is left to the caller. */
  private reduced(x: Node, axes: readonly number[], merge: (a: number, b: number) => number): number[] {
    const extents = x.shape.slice(1);
    const strides = stridesOf(extents);
    const kept = [...extents.keys()].filter((axis) => !axes.includes(axis + 1));
    const folded = [...extents.keys()].filter((axis) => axes.includes(axis + 1));
    const pick = (list: readonly number[], chosen: readonly number[]) => chosen.map((axis) => list[axis]);
    const values = this.read(x);
    const inner = offsetsOf(pick(extents, folded), pick(strides, folded));
    return offsetsOf(pick(extents, kept), pick(strides, kept)).map((start) =>
      inner.map((at) => values[start + at]).reduce(merge),
    );
  }

  private summed({ inputs: [x], attributes: { axes }, dtype }: NodeOf<'sum'> & Node): number[] {
    return this.reduced(x, axes, (a, b) => this.compute('add', [a, b], dtype));
  }

  /** Elements of a contraction; a batch label that the output lacks is summed by the caller. */
  private products({ inputs: [a, b], attributes: { spec } }: NodeOf<'einsum'> & Node): number[] {
    const { left, right, output } = parseEinsum(spec);
    const sides = [
      { node: a, labels: left },
      { node: b, labels: right },
    ].map(({ node, labels }) => {
      const isInside = this.elements.has(node);
      const own = isInside ? labels.slice(1) : labels;
      const shape = isInside ? node.shape.slice(1) : node.shape;
      return {
        isInside,
        own,
        strides: stridesOf(shape),
        shape,
        values: isInside ? this.read(node) : this.uniform(node),
      };
    });
    const batchLabel = this.elements.has(a) ? left[0] : right[0];
    const extents = new Map(
      sides.flatMap(({ own, shape }) => own.map((label, axis) => [label, shape[axis]] as const)),
    );
    const free = output.filter((label) => label !== batchLabel);
    const depth = [...extents.keys()].filter((label) => !free.includes(label));
    const offsets = (labels: readonly string[], side: (typeof sides)[number]) =>
      offsetsOf(
        labels.map((label) => extents.get(label) as number),
        labels.map((label) => (side.own.includes(label) ? side.strides[side.own.indexOf(label)] : 0)),
      );
    const [outer, inner] = [free, depth].map((labels) => sides.map((side) => offsets(labels, side)));
    return outer[0].map((_, o) =>
      inner[0]
        .map((_, d) =>
          this.compute(
            'mul',
            [sides[0].values[outer[0][o] + inner[0][d]], sides[1].values[outer[1][o] + inner[1][d]]],
            'float32',
          ),
        )
        .reduce((sum, product) => this.compute('add', [sum, product], 'float32')),
    );
  }
}

/** Offset of every point of a shape under the given strides, in row-major order. */
export function offsetsOf(extents: Shape, strides: readonly number[]): number[] {
  return extents.reduce<number[]>(
    (offsets, extent, axis) =>
      offsets.flatMap((offset) => Array.from({ length: extent }, (_, i) => offset + i * strides[axis])),
    [0],
  );
}
