import type { onnx } from 'onnx-proto';
import type { Attributes, ElementType, OnnxGraph, OnnxValueInfo } from './onnxGraph.js';

/** `onnx` of the package onnx-proto, by shape: the types of this package must not ask for an optional one. */
export interface OnnxProto {
  readonly ModelProto: { encode(model: object): { finish(): Uint8Array } };
}

/** Of version 21 of the default operator set, and the first file format that has it. */
const operatorSet = 21;
const irVersion = 10;

/** TensorProto.DataType */
const dataTypes: { readonly [K in ElementType]: number } = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  uint32: 12,
};
/** AttributeProto.AttributeType */
const attributeTypes = { int: 2, string: 3, ints: 7 } as const;

/** An ONNX file. */
export function encodeModel(graph: OnnxGraph, { ModelProto }: OnnxProto): Uint8Array {
  return ModelProto.encode(modelOf(graph)).finish();
}

function modelOf({ name, nodes, initializers, inputs, outputs }: OnnxGraph): onnx.IModelProto {
  return {
    irVersion,
    producerName: 'polyneuron',
    opsetImport: [{ domain: '', version: operatorSet }],
    graph: {
      name,
      node: nodes.map(({ type, inputs: operands, output, attributes }) => ({
        opType: type,
        input: [...operands],
        output: [output],
        attribute: attributesOf(attributes),
      })),
      initializer: initializers.map(({ name: tensor, type, shape, bytes }) => ({
        name: tensor,
        dataType: dataTypes[type],
        dims: [...shape],
        rawData: bytes,
      })),
      input: inputs.map(describe),
      output: outputs.map(describe),
    },
  };
}

function attributesOf(attributes: Attributes): onnx.IAttributeProto[] {
  return Object.entries(attributes).map(([name, value]) => {
    if (typeof value === 'number') return { name, type: attributeTypes.int, i: value };
    if (typeof value === 'string')
      return { name, type: attributeTypes.string, s: new TextEncoder().encode(value) };
    return { name, type: attributeTypes.ints, ints: [...value] };
  });
}

function describe({ name, type, shape }: OnnxValueInfo): onnx.IValueInfoProto {
  const dim = shape.map((extent) => ({ dimValue: extent }));
  return { name, type: { tensorType: { elemType: dataTypes[type], shape: { dim } } } };
}
