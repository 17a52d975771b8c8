import { depthTable } from '@polyneuron/analysis';
import type { Backend } from '@polyneuron/backend';
import type { LayerSpec } from '@polyneuron/kernels';
import type { DepthRow } from './messages.js';

/** How often and how deep: three seeds of 128 samples tell a factor of two, in well under a second. */
export const depthMeasurement = { depth: 8, seeds: [1, 2, 3], samples: 128 } as const;

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
