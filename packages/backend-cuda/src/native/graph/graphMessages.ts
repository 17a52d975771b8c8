/**
 * @file TensorFlow's messages for graphs: NodeDef, AttrValue, GraphDef, SavedModel.
 *
 * Source   tensorflow/core/framework/{node_def,attr_value,tensor,graph}.proto, tensorflow/core/protobuf/{meta_graph,saved_model}.proto
 */
import type { Shape } from '@polyneuron/graph';
import { type Bytes, bytesField, floatField, message, packedField, varintField } from './wire.js';

/** Numbers of TensorFlow's element types (types.proto); handles of tensor arrays and variables are resources. */
export const elementTypes = { float32: 1, int32: 3, bool: 10, resource: 20, uint32: 22 } as const;
export type ElementType = keyof typeof elementTypes;

export interface TensorLiteral {
  readonly dtype: ElementType;
  readonly shape: Shape;
  /** Elements in row-major order, little endian. */
  readonly content: Bytes;
}

/** A value of an attribute, by its kind. */
export type Attribute =
  | { readonly type: ElementType }
  | { readonly shape: Shape }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  | { readonly tensor: TensorLiteral };

export type Attributes = Readonly<Record<string, Attribute>>;

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `name` or `name:output`; `^name` waits without reading. */
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

/** The tag under which a saved graph is found again. */
export const servingTag = 'serve';

/** Version of GraphDef that the nodes are written in: TensorFlow 2.9, the oldest that tfjs-node 4 carries. */
const producer = 1087;

/** A SavedModel of one graph, without signatures and without stored variables. */
export function savedModel(nodes: readonly GraphNode[]): Bytes {
  const graph = message(
    ...nodes.map((node) => bytesField(1, nodeMessage(node))),
    bytesField(4, varintField(1, producer)),
  );
  const metaGraph = message(bytesField(1, bytesField(4, servingTag)), bytesField(2, graph));
  return message(varintField(1, 1), bytesField(2, metaGraph));
}

function nodeMessage({ name, op, inputs, attributes }: GraphNode): Bytes {
  return message(
    bytesField(1, name),
    bytesField(2, op),
    ...inputs.map((input) => bytesField(3, input)),
    ...Object.entries(attributes).map(([key, value]) => attributeField(key, value)),
  );
}

/** Most attributes are one of a few element types. */
const typeFields = new Map<string, Bytes>();

function attributeField(key: string, value: Attribute): Bytes {
  if (!('type' in value)) return encodedAttribute(key, value);
  const name = `${key} ${value.type}`;
  const known = typeFields.get(name) ?? encodedAttribute(key, value);
  typeFields.set(name, known);
  return known;
}

function encodedAttribute(key: string, value: Attribute): Bytes {
  return bytesField(5, message(bytesField(1, key), bytesField(2, attributeMessage(value))));
}

function attributeMessage(value: Attribute): Bytes {
  if ('text' in value) return bytesField(2, value.text);
  if ('int' in value) return varintField(3, value.int);
  if ('float' in value) return floatField(4, value.float);
  if ('bool' in value) return varintField(5, value.bool);
  if ('type' in value) return varintField(6, elementTypes[value.type]);
  if ('shape' in value) return bytesField(7, shapeMessage(value.shape));
  if ('ints' in value) return bytesField(1, packedField(3, value.ints));
  return bytesField(8, tensorMessage(value.tensor));
}

/** An extent of -1 is not known. */
function shapeMessage(shape: Shape): Bytes {
  return message(...shape.map((extent) => bytesField(2, varintField(1, extent))));
}

function tensorMessage({ dtype, shape, content }: TensorLiteral): Bytes {
  return message(
    varintField(1, elementTypes[dtype]),
    bytesField(2, shapeMessage(shape)),
    bytesField(4, content),
  );
}
