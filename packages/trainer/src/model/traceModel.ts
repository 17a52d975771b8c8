import { input, ProgramError, type TensorSpec } from '@polyneuron/graph';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type Operation, UnsupportedModelError, type UnsupportedPart } from '../errors.js';
import { collectUnsupported } from './collectUnsupported.js';
import {
  internalsOf,
  type LayerInternals,
  type ModelInternals,
  type TfjsLayer,
  type TfjsModel,
} from './modelInternals.js';
import type { TracedModel, TraceOptions } from './tracedModel.js';
import { Tracer } from './tracer.js';

/** Name of the program input that holds the i-th input of the model. */
export const modelInputName = (at: number): string => `x${at}`;

/**
 * Turns a tfjs model into graph, its weights as state: Sequential or functional, with several inputs and outputs,
 * shared layers and nested models.
 *
 * Throws   UnsupportedModelError that lists every layer, regularizer and constraint without a compiled form
 */
export function traceModel(model: TfjsModel, options: TraceOptions): TracedModel {
  const internals = internalsOf('traceModel', model);
  requireSupported('traceModel', collectUnsupported(internals));
  return traceInternals(internals, options);
}

/**
 * The same for one layer that has been called: its first call alone, from nodes that stand for its inputs.
 *
 * Throws   ProgramError for a layer that has not been called; UnsupportedModelError where it has no compiled form
 */
export function traceLayer(layer: TfjsLayer, options: TraceOptions): TracedModel {
  const { inboundNodes, name } = layer as unknown as LayerInternals;
  if (inboundNodes.length === 0) {
    throw new ProgramError({
      subject: 'traceLayer',
      expected: 'a layer that is part of a model',
      received: `'${name}', which has not been called`,
      fix: 'add it to a tf.sequential, or apply it to a tf.input',
    });
  }
  const [{ inputTensors, outputTensors }] = inboundNodes;
  // A graph of this one call; the rest of a model's internals is not read while tracing.
  const graph = { name, inputs: inputTensors, outputs: outputTensors } as unknown as ModelInternals;
  requireSupported('traceLayer', collectUnsupported(graph));
  return traceInternals(graph, options);
}

export function requireSupported(operation: Operation, parts: readonly UnsupportedPart[]): void {
  if (parts.length > 0) throw new UnsupportedModelError(operation, parts);
}

/** The same for a model that was checked. */
export function traceInternals(internals: ModelInternals, options: TraceOptions): TracedModel {
  const inputs =
    options.inputs ??
    internals.inputs.map((symbol, at) =>
      input(modelInputName(at), inputSpec(symbol, options.batch, options.inputShapes?.[at])),
    );
  const tracer = new Tracer(options);
  return { inputs, outputs: tracer.traceGraph(internals, inputs), ...tracer.results() };
}

/** Spec of a batch of one model input; `shape` gives the extents that the model leaves free. */
export function inputSpec(
  symbol: SymbolicTensor,
  batch: number,
  shape: readonly (number | null)[] = symbol.shape,
): TensorSpec {
  const extents = shape.slice(1).map((extent) => extent ?? 1);
  return { shape: [batch, ...extents], dtype: symbol.dtype === 'int32' ? 'int32' : 'float32' };
}
