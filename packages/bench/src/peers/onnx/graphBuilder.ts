import {
  broadcastShapes,
  isSameShape,
  type Node,
  type Shape,
  sizeOf,
  type TensorSpec,
} from '@polyneuron/graph';
import {
  type Attributes,
  bytesOf,
  type ElementType,
  type OnnxInitializer,
  type OnnxNode,
} from './onnxGraph.js';

/**
 * A tensor of the ONNX graph. Its shape may be smaller than that of the node it stands for, where ONNX broadcasting
 * makes up for it: a stretched bias is handed on as it is.
 */
export interface Value {
  readonly name: string;
  readonly shape: Shape;
}

/** Initializers up to so many values are shared. */
const sharedSize = 64;

/** Collects ONNX nodes while a program is walked, operands before users. */
export class GraphBuilder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxInitializer[] = [];
  private readonly values = new Map<Node, Value>();
  private readonly stretched = new Map<Node, string>();
  private readonly shared = new Map<string, string>();

  /** Makes a value known as that of a node. */
  bind(node: Node, value: Value): void {
    this.values.set(node, value);
  }

  /** The value of a node, stretched or not. */
  compact(node: Node): Value {
    const value = this.values.get(node);
    if (!value) throw new TypeError(`internal: ${node.op} was not emitted before its user`);
    return value;
  }

  /** The value of a node in the shape that the node has. */
  full(node: Node): string {
    const { name, shape } = this.compact(node);
    if (isSameShape(shape, node.shape)) return name;
    const known = this.stretched.get(node);
    if (known !== undefined) return known;
    const expanded = this.stretch(name, node);
    this.stretched.set(node, expanded);
    return expanded;
  }

  /** Adds a node and gives the name of its result. */
  emit(type: string, inputs: readonly string[], attributes: Attributes = {}): string {
    const output = `v${this.nodes.length}`;
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  /** An operation by elements on operands that may be stretched. */
  pointwise(operands: readonly Value[], apply: (names: readonly string[]) => string): Value {
    return {
      name: apply(operands.map(({ name }) => name)),
      shape: operands.reduce<Shape>((shape, one) => broadcastShapes('exportProgram', shape, one.shape), []),
    };
  }

  constant(type: ElementType, values: readonly number[], shape: Shape): string {
    if (values.length > sharedSize) return this.initializer({ type, shape, bytes: bytesOf(type, values) });
    // Object.is tells the zeros apart, String does not.
    const text = values.map((value) => (Object.is(value, -0) ? '-0' : String(value)));
    const key = [type, shape.join(), text.join()].join('|');
    const known = this.shared.get(key);
    if (known !== undefined) return known;
    const name = this.initializer({ type, shape, bytes: bytesOf(type, values) });
    this.shared.set(key, name);
    return name;
  }

  scalar(type: ElementType, value: number): string {
    return this.constant(type, [value], []);
  }

  /** Axes, extents and the like: operands of int64. */
  list(values: readonly number[]): string {
    return this.constant('int64', values, [values.length]);
  }

  initializer(tensor: Omit<OnnxInitializer, 'name'> & { readonly name?: string }): string {
    const { name = `c${this.initializers.length}` } = tensor;
    this.initializers.push({ ...tensor, name });
    return name;
  }

  reshape(name: string, shape: Shape): string {
    // allowzero: an extent of 0 is one, not a copy of the operand's.
    return this.emit('Reshape', [name, this.list(shape)], { allowzero: 1 });
  }

  /** Expand takes an extent of 0 for one of 1: what is empty is written down. */
  stretch(name: string, { shape, dtype }: TensorSpec): string {
    if (sizeOf(shape) === 0) return this.constant(dtype, [], shape);
    return this.emit('Expand', [name, this.list(shape)]);
  }

  transpose(name: string, permutation: readonly number[]): string {
    return this.emit('Transpose', [name], { perm: permutation });
  }

  slice(name: string, begin: readonly number[], end: readonly number[]): string {
    return this.emit('Slice', [name, this.list(begin), this.list(end)]);
  }

  /** Zeros around a tensor; negative extents cut away. */
  pad(name: string, before: readonly number[], after: readonly number[], value: string): string {
    return this.emit('Pad', [name, this.list([...before, ...after]), value], { mode: 'constant' });
  }
}
