import type { TensorMap } from '@polyneuron/backend';
import { type DType, type Program, sizeOf } from '@polyneuron/graph';
import proto from 'onnx-proto';
import ort from 'onnxruntime-node';
import { encodeModel } from '../encodeModel.js';
import { exportProgram, onnxNames } from '../exportProgram.js';

const arrays = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Outputs of a program that onnxruntime-node ran once, from its file; state starts as zeros. */
export async function runExported(
  program: Program,
  inputs: TensorMap,
): Promise<Record<string, Float32Array>> {
  const graph = exportProgram(program);
  const session = await ort.InferenceSession.create(encodeModel(graph, proto.onnx), { intraOpNumThreads: 1 });
  const values = new Map(Object.entries(inputs).map(([name, one]) => [onnxNames.input(name), one]));
  const feeds = graph.inputs.map(({ name, type, shape }) => {
    const data = arrays[type as DType].from(values.get(name) ?? new Float32Array(sizeOf(shape)));
    return [name, new ort.Tensor(type, data, shape)] as const;
  });
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(
    Object.keys(program.outputs).map((name) => [name, results[onnxNames.output(name)].data as Float32Array]),
  );
}
