/** @file Every optimizer, each with the options that change its arithmetic, and clipping, against the interpreter. */
import { type ConformanceCase, clippingCases, networkCase, optimizerCases } from '@polyneuron/conformance';
import { type OptimizerName, optimizers } from '@polyneuron/kernels';
import { conform, type Findings } from './backends.js';

const sizes = [0, 1, 3, 8, 65];
/** Its second layer is large enough to go by blocks. */
const network = { batch: 16, inputs: 4, hidden: 32, outputs: 64 };

/** The rule of one optimizer over parameters of several sizes, and a network trained by it. */
export async function optimizerConformance(name: OptimizerName): Promise<Findings> {
  const spec = optimizers[name];
  return scanAll([...optimizerCases(spec, sizes), networkCase(spec, network)]);
}

/** A network whose gradients are clipped in each of the three ways. */
export const clippingConformance = (): Promise<Findings> => scanAll(clippingCases(network));

const scanAll = (cases: readonly ConformanceCase[]): Promise<Findings> => conform('webgl', cases, ['scan']);
