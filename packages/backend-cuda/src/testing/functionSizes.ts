import { optimizerCases } from '@polyneuron/conformance';
import type { OptimizerSpec } from '@polyneuron/kernels';
import type { ShimCase } from './shimCase.js';

/** None, one, and one more than a warp. */
export const functionSizes = [0, 1, 33];

/** The rules of an optimizer by `scan`. */
export const scannedOptimizerCases = (spec: OptimizerSpec): ShimCase[] =>
  optimizerCases(spec, functionSizes).map((one) => ({ ...one, isScan: true }));
