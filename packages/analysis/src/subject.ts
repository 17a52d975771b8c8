/** @file What is analysed: a tfjs model, or one layer of it, as graph with the values of its weights. */
import { type Node, ShapeError, sizeOf, topologicalOrder } from '@polyneuron/graph';
import {
  type TfjsLayer,
  type TfjsModel,
  type TracedModel,
  traceLayer,
  traceModel,
} from '@polyneuron/trainer';

/** A model, or a layer that is part of one. */
export type Subject = TfjsModel | TfjsLayer;

export interface TracedSubject {
  readonly name: string;
  readonly traced: TracedModel;
  /** Values of its state: weights, and keys of layers that draw. */
  readonly state: Readonly<Record<string, Float32Array | Int32Array>>;
}

export interface TraceSubjectOptions {
  readonly batch: number;
  /** Shapes of the inputs without the batch axis, where the subject leaves extents free. */
  readonly inputShapes?: readonly (readonly number[])[];
  readonly isTraining?: boolean;
}

export async function traceSubject(
  subject: Subject,
  { batch, inputShapes, isTraining = false }: TraceSubjectOptions,
): Promise<TracedSubject> {
  const options = {
    batch,
    isTraining,
    ...(inputShapes && { inputShapes: inputShapes.map((shape) => [batch, ...shape]) }),
  };
  const traced = isModel(subject) ? traceModel(subject, options) : traceLayer(subject, options);
  const weights = await Promise.all(
    traced.weights.map(
      async ({ state, variable }) => [state, (await variable.read().data()).slice()] as const,
    ),
  );
  const keys = traced.randomKeys.map((name) => [name, new Int32Array(2)] as const);
  return {
    name: subject.name,
    traced,
    state: Object.fromEntries([...weights, ...keys]) as TracedSubject['state'],
  };
}

/** A Sequential has `add`, any container has `containerNodes`. */
function isModel(subject: Subject): subject is TfjsModel {
  // traceModel says what null and the like are not
  if (typeof subject !== 'object' || subject === null) return true;
  return 'containerNodes' in subject || typeof (subject as { readonly add?: unknown }).add === 'function';
}

/** The call of a layer that made a node: `quad_1 (QuadDense)`. */
export function layerOf({ calls }: TracedModel, node: Node): string | undefined {
  const call = calls.find(({ inputs, output }) => {
    const before = new Set(topologicalOrder(inputs));
    return !before.has(node) && topologicalOrder([output]).includes(node);
  });
  return call && `${call.layer} (${call.className})`;
}

/** Values of the elements of all inputs together. */
export function elementCount(nodes: readonly Node[]): number {
  return nodes.reduce((count, { shape }) => count + sizeOf(shape), 0);
}

/** One name per element of the inputs: x0, x1, ... unless they are given. */
export function elementNames(operation: string, count: number, given?: readonly string[]): readonly string[] {
  const names = given ?? Array.from({ length: count }, (_, at) => `x${at}`);
  if (names.length === count && new Set(names).size === count) return names;
  throw new ShapeError({
    subject: operation,
    expected: `${count} different names of variables, one per element of a sample`,
    received: names.length === count ? `a name twice in ${names.join(', ')}` : `${names.length}`,
    fix: 'leave variables out for x0, x1, ..., or name every element of every input in row-major order',
  });
}
