import type { CudaPlan, Launch } from '../cudaPlan.js';
import type { Device } from './device.js';
import { driverConstants } from './driverFunctions.js';
import type { Scope } from './scope.js';

/** Kernels may use this much dynamic shared memory without asking. */
const sharedBytesAtFirst = 48 * 1024;

const advance = { kernel: 'polyneuron_advance', grid: [1, 1, 1], block: [1, 1, 1], sharedBytes: 0 } as const;

/** The source of a plan with the one kernel that the driver adds: it advances the step counter of a scan. */
export function sourceOf({ source }: CudaPlan): string {
  return `${source}\nextern "C" __global__ void ${advance.kernel}(unsigned int* step) { *step += 1u; }\n`;
}

/** A plan in the memory of a device. */
export interface LoadedPlan {
  readonly arena: bigint;
  /** Kernels of one step of a scan. */
  readonly nodes: number;
  /** Queues one step: feed, the plan's kernels, collect, advance. */
  launchStep(stream: bigint, records: RecordAddresses): void;
}

/** Where a scan keeps its records and its step counter; 0 for records that a plan does not have. */
export interface RecordAddresses {
  readonly inputs: bigint;
  readonly outputs: bigint;
  readonly step: bigint;
}

/** Loads the code, allocates the arena, clears it and writes the constants. Throws CudaError. */
export function loadPlan(plan: CudaPlan, image: Uint8Array, device: Device, scope: Scope): LoadedPlan {
  const { driver } = device;
  const module = driver.handleOf('cuModuleLoadData', (cell) => ({ module: cell, image }));
  scope.add(() => driver.call('cuModuleUnload', { module }));
  const { feed, collect } = plan.scan;
  const launches = [...(feed ? [feed] : []), ...plan.launches, ...(collect ? [collect] : []), advance];
  const kernels = new Map<string, bigint>();
  for (const { kernel, sharedBytes } of launches) {
    const known = kernels.get(kernel);
    const handle =
      known ?? driver.handleOf('cuModuleGetFunction', (cell) => ({ function: cell, module, name: kernel }));
    kernels.set(kernel, handle);
    if (sharedBytes > sharedBytesAtFirst)
      driver.call('cuFuncSetAttribute', {
        function: handle,
        attribute: driverConstants.maximumDynamicSharedBytes,
        value: sharedBytes,
      });
  }
  // CUDA allocates no empty memory
  const arena = device.allocate(Math.max(64, plan.arenaBytes), scope);
  device.clear(arena, plan.arenaBytes);
  for (const { offset, data } of plan.constants) device.upload(arena + BigInt(offset), data);
  const launch = (what: Launch, parameters: readonly bigint[], stream: bigint) =>
    driver.launch(kernels.get(what.kernel) as bigint, what, parameters, stream);
  return {
    arena,
    nodes: launches.length,
    launchStep: (stream, { inputs, outputs, step }) => {
      if (feed) launch(feed, [arena, inputs, step], stream);
      for (const kernel of plan.launches) launch(kernel, [arena], stream);
      if (collect) launch(collect, [arena, outputs, step], stream);
      launch(advance, [step], stream);
    },
  };
}
