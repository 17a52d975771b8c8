/** @file An ONNX graph as plain data: what the exporter builds and `encodeModel` writes. */
import type { DType, Shape } from '@polyneuron/graph';

/** Element types of the exported tensors; `int64` for axes and shapes, `uint32` for bits. */
export type ElementType = DType | 'int64' | 'uint32';

/** ONNX has more kinds of attributes; the nodes that are emitted here need whole numbers, lists of them, and words. */
export type Attributes = Readonly<Record<string, number | readonly number[] | string>>;

export interface OnnxNode {
  /** Of the default operator set: 'MatMul'. */
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Attributes;
}

export interface OnnxValueInfo {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: Shape;
}

export interface OnnxInitializer extends OnnxValueInfo {
  /** Little-endian, row-major; bool takes a byte. */
  readonly bytes: Uint8Array;
}

export interface OnnxGraph {
  readonly name: string;
  /** Operands before users. */
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

const arrays: {
  readonly [K in ElementType]: (values: Iterable<number>) => ArrayBufferView<ArrayBuffer>;
} = {
  float32: (values) => Float32Array.from(values),
  int32: (values) => Int32Array.from(values),
  bool: (values) => Uint8Array.from(values),
  int64: (values) => BigInt64Array.from([...values].map(BigInt)),
  uint32: (values) => Uint32Array.from(values),
};

/** Values as the bytes of an initializer. */
export function bytesOf(type: ElementType, values: Iterable<number>): Uint8Array {
  const { buffer, byteOffset, byteLength } = arrays[type](values);
  return new Uint8Array(buffer, byteOffset, byteLength);
}
