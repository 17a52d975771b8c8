/**
 * @file What each op means on polynomials instead of numbers. Moves pass elements on, sums and products are the ring's
 * own, and every other op is computed where its operands happen to be numbers and leaves the ring where they are not.
 */
import {
  constant,
  createNode,
  einsumExtents,
  forEachCoordinate,
  interpretNodes,
  type Node,
  type NodeOf,
  type OpName,
  parseEinsum,
  type Shape,
  sizeOf,
  stridesOf,
} from '@polyneuron/graph';
import { type Element, type RingLimits, Sum } from './ring.js';

export interface RingContext {
  readonly limits: RingLimits;
  /** Throws: the op has no meaning on these operands. */
  readonly leave: (node: Node, operands: readonly (readonly Element[])[]) => never;
}

export type RingRule<K extends OpName> = (
  node: NodeOf<K>,
  operands: readonly (readonly Element[])[],
  context: RingContext,
) => readonly Element[];

/** Numbers all through: the float64 interpreter's own rule. Anything else leaves the ring. */
const numbersOnly: RingRule<OpName> = (node, operands, { leave }) =>
  operands.every(isNumbers) ? interpretOn(node as Node, operands) : leave(node as Node, operands);

/** Element by element: where one is a number in every operand, the interpreter's rule; elsewhere `combine`. */
const elementwise =
  (combine?: (elements: readonly Element[], context: RingContext) => Element | undefined): RingRule<OpName> =>
  (node, operands, context) => {
    if (operands.every(isNumbers)) return interpretOn(node as Node, operands);
    return Array.from({ length: sizeOf(node.shape) }, (_, at) => {
      const elements = operands.map((operand) => operand[at]);
      if (elements.every((element) => typeof element === 'number')) return scalar(node as Node, elements);
      return (
        combine?.(elements, context) ??
        context.leave(
          node as Node,
          elements.map((element) => [element]),
        )
      );
    });
  };

/** Elements of the operands in another order, with numbers where the op fills in. */
const moved: RingRule<OpName> = (node, operands) => {
  const elements = operands.flat();
  return Array.from(
    sourcesOf(
      node as Node,
      operands.map(({ length }) => length),
    ),
    (source) => (source > 0 ? elements[source - 1] : 0),
  );
};

/** Sums of elements: `targets[i]` is the place in the result that element i is added to, counted from 1. */
function gathered(
  { shape }: Pick<Node, 'shape'>,
  elements: readonly Element[],
  targets: ArrayLike<number>,
  { limits }: RingContext,
): Element[] {
  const sums = Array.from({ length: sizeOf(shape) }, () => new Sum(limits));
  elements.forEach((element, i) => {
    if (targets[i] > 0) sums[targets[i] - 1].add(element);
  });
  return sums.map((sum) => sum.result());
}

const weighted = (limits: RingLimits, ...parts: readonly (readonly [Element, number])[]): Element => {
  const sum = new Sum(limits);
  for (const [element, factor] of parts) sum.add(element, factor);
  return sum.result();
};

const product = (limits: RingLimits, a: Element, b: Element): Element => {
  const sum = new Sum(limits);
  sum.addProduct(a, b);
  return sum.result();
};

/** x^p by repeated squaring; undefined unless p is a whole number of at least 0. */
function power(limits: RingLimits, x: Element, p: Element): Element | undefined {
  if (typeof p !== 'number' || !Number.isInteger(p) || p < 0) return undefined;
  let [result, base]: Element[] = [1, x];
  for (let rest = p; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = product(limits, result, base);
    if (rest > 1) base = product(limits, base, base);
  }
  return result;
}

const identity = elementwise(([x]) => x);

export const ringRules: { readonly [K in OpName]: RingRule<K> } = {
  input: numbersOnly,
  state: numbersOnly,
  constant: numbersOnly,
  iota: numbersOnly,
  neg: elementwise(([x], { limits }) => weighted(limits, [x, -1])),
  abs: elementwise(),
  sign: elementwise(),
  floor: elementwise(),
  exp: elementwise(),
  expm1: elementwise(),
  log: elementwise(),
  log1p: elementwise(),
  sqrt: elementwise(),
  sin: elementwise(),
  cos: elementwise(),
  tanh: elementwise(),
  sigmoid: elementwise(),
  erf: elementwise(),
  not: elementwise(),
  // Integers are polynomials' values too; truncating them to integers, and testing for 0, are not polynomial.
  cast: (node, operands, context) =>
    (node.dtype === 'float32' ? identity : elementwise())(node, operands, context),
  stopGradient: identity,
  add: elementwise(([a, b], { limits }) => weighted(limits, [a, 1], [b, 1])),
  sub: elementwise(([a, b], { limits }) => weighted(limits, [a, 1], [b, -1])),
  mul: elementwise(([a, b], { limits }) => product(limits, a, b)),
  div: elementwise(([a, b], { limits }) =>
    typeof b === 'number' && b !== 0 ? weighted(limits, [a, 1 / b]) : undefined,
  ),
  pow: elementwise(([x, p], { limits }) => power(limits, x, p)),
  max: elementwise(),
  min: elementwise(),
  equal: elementwise(),
  less: elementwise(),
  lessEqual: elementwise(),
  and: elementwise(),
  or: elementwise(),
  select: elementwise(([condition, a, b]) =>
    typeof condition === 'number' ? (condition !== 0 ? a : b) : undefined,
  ),
  sum: (node, [x], context) => {
    // The adjoint of a broadcast: each element goes where broadcasting the result would have taken it from.
    const { shape } = node.inputs[0];
    const kept = shape.map((extent, axis) => (node.attributes.axes.includes(axis) ? 1 : extent));
    const places = createNode('broadcast', [counted(kept)], { shape });
    return gathered(node, x, interpretNodes([places])[0], context);
  },
  // The largest of one element is that element.
  reduceMax: (node, operands, context) =>
    sizeOf(node.shape) === operands[0].length ? operands[0] : numbersOnly(node, operands, context),
  argMax: numbersOnly,
  broadcast: moved,
  reshape: moved,
  transpose: moved,
  slice: moved,
  pad: (node, operands) => {
    // -1 marks what is filled in: a number of the attributes could be taken for a place.
    const attributes = { ...node.attributes, value: -1 };
    const sources = interpretNodes([createNode('pad', [counted(node.inputs[0].shape)], attributes)])[0];
    return Array.from(sources, (source) => (source > 0 ? operands[0][source - 1] : node.attributes.value));
  },
  concat: moved,
  reverse: moved,
  einsum: ({ inputs: [a, b], attributes: { spec }, shape }, [left, right], { limits }) => {
    const parsed = parseEinsum(spec);
    const extents = einsumExtents(parsed, a.shape, b.shape);
    const labels = [...extents.keys()];
    const at = (term: readonly string[]) => {
      const strides = stridesOf(term.map((label) => extents.get(label) as number));
      const places = term.map((label) => labels.indexOf(label));
      return (coordinate: readonly number[]) =>
        places.reduce((index, place, axis) => index + strides[axis] * coordinate[place], 0);
    };
    const [atLeft, atRight, atOutput] = [at(parsed.left), at(parsed.right), at(parsed.output)];
    const sums = Array.from({ length: sizeOf(shape) }, () => new Sum(limits));
    forEachCoordinate([...extents.values()], (coordinate) => {
      sums[atOutput(coordinate)].addProduct(left[atLeft(coordinate)], right[atRight(coordinate)]);
    });
    return sums.map((sum) => sum.result());
  },
  cumsum: (node, [x], { limits }) => {
    const { axis, exclusive, reverse } = node.attributes;
    const { shape } = node.inputs[0];
    const [extent, stride] = [shape[axis], stridesOf(shape)[axis]];
    const result: Element[] = [...x];
    x.forEach((_, start) => {
      if (Math.floor(start / stride) % extent !== 0) return;
      let total: Element = 0;
      for (let k = 0; k < extent; k++) {
        const place = start + (reverse ? extent - 1 - k : k) * stride;
        const next = weighted(limits, [total, 1], [x[place], 1]);
        result[place] = exclusive ? total : next;
        total = next;
      }
    });
    return result;
  },
  gather: (node, operands, { leave }) => {
    const [elements, indices] = operands;
    if (!isNumbers(indices)) return leave(node as Node, [indices]);
    const [table, at] = node.inputs;
    const picked = createNode(
      'gather',
      [counted(table.shape), constant(indices, at.shape, 'int32')],
      node.attributes,
    );
    return Array.from(interpretNodes([picked])[0], (source) => elements[source - 1]);
  },
  scatterAdd: (node, operands, context) => {
    // The adjoint of a gather.
    const [elements, indices] = operands;
    if (!isNumbers(indices)) return context.leave(node as Node, [indices]);
    const { axis } = node.attributes;
    const places = createNode(
      'gather',
      [counted(node.shape), constant(indices, node.inputs[1].shape, 'int32')],
      { axis },
    );
    return gathered(node, elements, interpretNodes([places])[0], context);
  },
  patches: moved,
  fold: (node, [elements], context) => {
    // The adjoint of patches.
    const { window, strides, dilations, padding } = node.attributes;
    const places = createNode('patches', [counted(node.shape)], { window, strides, dilations, padding });
    return gathered(node, elements, interpretNodes([places])[0], context);
  },
  random: numbersOnly,
};

export function isNumbers(elements: readonly Element[]): elements is readonly number[] {
  return elements.every((element) => typeof element === 'number');
}

/** 1, 2, 3, ... in row-major order: what a move makes of it tells where each element came from, 0 from nowhere. */
function counted(shape: Shape, from = 1): Node {
  return constant(
    Array.from({ length: sizeOf(shape) }, (_, at) => from + at),
    shape,
  );
}

/** For each element of a move's result its place among all operands' elements, counted from 1; 0 for none. */
function sourcesOf(node: Node, sizes: readonly number[]): Float64Array {
  let from = 1;
  const places = node.inputs.map(({ shape }, at) => {
    const place = counted(shape, from);
    from += sizes[at];
    return place;
  });
  return interpretNodes([createNode(node.op, places, node.attributes as never)])[0];
}

function interpretOn(node: Node, operands: readonly (readonly Element[])[]): number[] {
  const constants = node.inputs.map(({ shape, dtype }, at) =>
    constant(operands[at] as readonly number[], shape, dtype),
  );
  return Array.from(interpretNodes([createNode(node.op, constants, node.attributes as never)])[0]);
}

/** One element of an elementwise op on numbers. */
function scalar(node: Node, elements: readonly Element[]): number {
  const constants = node.inputs.map(({ dtype }, at) => constant(elements[at] as number, [], dtype));
  return interpretNodes([createNode(node.op, constants, node.attributes as never)])[0][0];
}
