import {
  type ConformanceCase,
  isParameter,
  keptInState,
  largeLayerCases,
  layerCases,
} from '@polyneuron/conformance';
import type { LayerName } from '@polyneuron/kernels';
import { type BackendChoice, conform, type Findings } from './backends.js';

/** Which samples of a layer: the first `count`, in these batches, to the derivative of this order. */
export interface SampleChoice {
  readonly count: number;
  readonly batches: readonly number[];
  readonly order: 1 | 2;
}

/** Samples of a layer and their derivatives, with parameters kept in state. */
export async function layerConformance(
  choice: BackendChoice,
  name: LayerName,
  { count, batches, order }: SampleChoice,
): Promise<Findings> {
  const cases = batches.flatMap((batch) => layerCases(name, { batch, count, orderOf: () => order }));
  return runAll(
    choice,
    cases.map((one) => keptInState(one, isParameter)),
  );
}

/** The large sample of a layer, whose sums have up to 65 terms. */
export const largeLayerConformance = (choice: BackendChoice, name: LayerName): Promise<Findings> =>
  runAll(choice, largeLayerCases(name));

const runAll = (choice: BackendChoice, cases: readonly ConformanceCase[]): Promise<Findings> =>
  conform(choice, cases, ['run']);
