import { type DType, type Shape, sizeOf } from '@polyneuron/graph';
import { type Attributes, type GraphNode, savedModel } from './graphMessages.js';
import type { Bytes } from './wire.js';

/** A tensor in a graph: `node`, or `node:output` for outputs after the first. */
export type Reference = string;

const arrays: {
  readonly [K in DType]: new (
    values: readonly number[],
  ) => Float32Array | Int32Array | Uint8Array;
} = {
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
};

/** Collects the nodes of one TensorFlow graph. */
export class GraphBuilder {
  readonly #nodes: GraphNode[] = [];
  /** Constants by their content, within the frame that they were made in. */
  #constants = new Map<string, Reference>();
  #pivot: Reference | undefined;

  /** Appends a node and returns its first output. */
  add(op: string, inputs: readonly Reference[] = [], attributes: Attributes = {}): Reference {
    return this.addNamed(`${op}_${this.#nodes.length}`, op, inputs, attributes);
  }

  /** The same under a name that other nodes may have read before. */
  addNamed(name: string, op: string, inputs: readonly Reference[], attributes: Attributes): Reference {
    this.#nodes.push({ name, op, inputs, attributes });
    return name;
  }

  /** A constant; a single value fills any shape. Equal ones are one node. */
  constant(values: readonly number[], shape: Shape, dtype: DType): Reference {
    const key = `${dtype}[${shape}]${values.map((value) => (Object.is(value, -0) ? '-0' : value))}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const filled =
      values.length === 1 && sizeOf(shape) !== 1 ? new Array<number>(sizeOf(shape)).fill(values[0]) : values;
    const content = new Uint8Array(new arrays[dtype](filled).buffer);
    const made = this.add('Const', this.#pivot === undefined ? [] : [`^${this.#pivot}`], {
      dtype: { type: dtype },
      value: { tensor: { dtype, shape, content } },
    });
    this.#constants.set(key, made);
    return made;
  }

  /** An int32 vector. */
  ints(values: readonly number[]): Reference {
    return this.constant(values, [values.length], 'int32');
  }

  int(value: number): Reference {
    return this.constant([value], [], 'int32');
  }

  /** Nodes without inputs that `build` makes belong to the frame of a loop: they wait for its `pivot`. */
  within<T>(pivot: Reference, build: () => T): T {
    const outer = { constants: this.#constants, pivot: this.#pivot };
    this.#constants = new Map();
    this.#pivot = pivot;
    try {
      return build();
    } finally {
      this.#constants = outer.constants;
      this.#pivot = outer.pivot;
    }
  }

  finish(): Bytes {
    return savedModel(this.#nodes);
  }
}
