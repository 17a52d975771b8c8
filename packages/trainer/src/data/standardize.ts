/** @file The data arguments of fit, evaluate and predict, brought into one form: a list in the order of the model. */
import { ShapeError, ValueError } from '@polyneuron/graph';
import type { Operation } from '../errors.js';
import {
  type DataSource,
  type HostTensor,
  isTensorSource,
  readTensor,
  type TensorSource,
} from './hostTensor.js';

/** An input or output of the model. An extent of null is free. */
export interface Port {
  readonly name: string;
  /** Batch axis first. */
  readonly shape: readonly (number | null)[];
}

/**
 * Reads x or y: a tensor, a list in the order of the model, or a record by name.
 *
 * Throws   ValueError on a wrong number of tensors or a missing name; ShapeError on wrong shapes, and where the
 *          tensors hold different numbers of samples
 */
export async function standardizeData(
  operation: Operation,
  argument: string,
  source: DataSource,
  ports: readonly Port[],
): Promise<HostTensor[]> {
  const sources = orderSources(operation, argument, source, ports);
  const tensors = await Promise.all(
    sources.map((tensor, at) => readTensor(`${operation} (${argument} '${ports[at].name}')`, tensor)),
  );
  for (const [at, tensor] of tensors.entries()) requireShape(operation, argument, ports[at], tensor);
  requireEqualSamples(
    operation,
    Object.fromEntries(tensors.map((tensor, at) => [`${argument} '${ports[at].name}'`, tensor])),
  );
  return tensors;
}

function orderSources(
  operation: Operation,
  argument: string,
  source: DataSource,
  ports: readonly Port[],
): readonly TensorSource[] {
  const names = ports.map(({ name }) => `'${name}'`).join(', ');
  if (source === undefined || source === null || typeof source !== 'object') {
    throw new ValueError({
      subject: operation,
      expected: `${argument} to be a tensor, { data, shape }, a list of them or a record of them by name`,
      received: String(source),
      fix: `pass data for ${names}`,
    });
  }
  const list = isTensorSource(source)
    ? [source]
    : Array.isArray(source)
      ? source
      : pickByName(operation, argument, source as Record<string, TensorSource>, ports);
  if (list.length !== ports.length) {
    throw new ValueError({
      subject: operation,
      expected: `${ports.length} tensor${ports.length === 1 ? '' : 's'} for ${argument}: ${names}`,
      received: `${list.length}`,
      fix: 'pass one tensor per input or output of the model, in its order',
    });
  }
  const stranger = list.findIndex((tensor) => !isTensorSource(tensor));
  if (stranger >= 0) {
    throw new ValueError({
      subject: operation,
      expected: `${argument} '${ports[stranger].name}' to be a tensor or { data, shape }`,
      received: Array.isArray(list[stranger]) ? 'a plain array' : typeof list[stranger],
      fix: 'wrap plain arrays: { data, shape: [samples, features] }',
    });
  }
  return list;
}

function pickByName(
  operation: Operation,
  argument: string,
  source: Readonly<Record<string, TensorSource>>,
  ports: readonly Port[],
): TensorSource[] {
  const missing = ports.filter(({ name }) => source[name] === undefined).map(({ name }) => `'${name}'`);
  if (missing.length > 0) {
    throw new ValueError({
      subject: operation,
      expected: `${argument} to have ${missing.join(', ')}`,
      received:
        Object.keys(source)
          .map((name) => `'${name}'`)
          .join(', ') || 'no entry',
      fix: 'name the tensors after the inputs and outputs of the model',
    });
  }
  return ports.map(({ name }) => source[name]);
}

function requireShape(
  operation: Operation,
  argument: string,
  { name, shape }: Port,
  tensor: HostTensor,
): void {
  const fits =
    tensor.shape.length === shape.length &&
    shape.every((extent, axis) => axis === 0 || extent === null || extent === tensor.shape[axis]);
  if (fits) return;
  throw new ShapeError({
    subject: operation,
    expected: `${argument} '${name}' of shape [${['samples', ...shape.slice(1).map((extent) => extent ?? 'any')].join(', ')}]`,
    received: `[${tensor.shape.join(', ')}]`,
    fix:
      tensor.shape.length === shape.length
        ? `reshape ${argument}, or build the model for this shape`
        : `reshape ${argument} to rank ${shape.length}`,
  });
}

/** All tensors hold one number of samples, and at least one sample. */
export function requireEqualSamples(
  operation: Operation,
  tensors: Readonly<Record<string, HostTensor>>,
): void {
  const counts = new Set(Object.values(tensors).map(({ shape }) => shape[0]));
  if (counts.size === 1 && !counts.has(0)) return;
  throw new ShapeError({
    subject: operation,
    expected: counts.size === 1 ? 'at least one sample' : 'the same number of samples in every tensor',
    received: counts.size === 1 ? 'none' : [...counts].join(' and '),
    details: Object.fromEntries(
      Object.entries(tensors).map(([name, { shape }]) => [name, `[${shape.join(', ')}]`]),
    ),
    fix: counts.size === 1 ? 'check how the data was loaded' : 'drop the samples that lack a partner',
  });
}
