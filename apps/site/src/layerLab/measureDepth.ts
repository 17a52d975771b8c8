import { depthTable } from '@polyneuron/analysis';
import type { Backend } from '@polyneuron/backend';
import type { LayerSpec } from '@polyneuron/kernels';
import { depthMeasurement } from './depthMeasurement.js';
import type { DepthRow } from './messages.js';

/** Signal and gradient variance of stacks of a layer, for each of its starts. */
export async function measureDepth(backend: Backend, spec: LayerSpec): Promise<readonly DepthRow[]> {
  const rows = await depthTable({ backend, records: [spec], ...depthMeasurement });
  return rows.map(({ start, isDefault, forward, gradient }) => ({
    start,
    isDefault,
    signal: forward.map(({ mean }) => mean),
    gradient: gradient.map(({ mean }) => mean),
  }));
}
