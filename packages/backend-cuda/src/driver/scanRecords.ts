import type { CudaPlan } from '../cudaPlan.js';
import type { Device } from './device.js';
import type { LoadedPlan, RecordAddresses } from './loadPlan.js';
import type { Scope } from './scope.js';
import { captureStep, type StepGraph } from './stepGraph.js';

/** Records beyond this many bytes go in several parts, and so do steps beyond this number. */
const partBytes = 256 * 2 ** 20;
const partSteps = 2 ** 14;

/** The memory of the records of a scan, with the graph of a step that works on it. */
export interface ScanMemory extends RecordAddresses {
  readonly graph: StepGraph;
}

/** Steps that one part of a scan may have. */
export function stepsPerPart({ scan: { inputStride, outputStride } }: CudaPlan): number {
  return Math.max(1, Math.min(partSteps, Math.floor(partBytes / Math.max(1, inputStride + outputStride))));
}

/**
 * Records of an executable, made when first needed and again when more steps are asked for: addresses are part of the
 * captured graph.
 */
export class ScanRecords {
  readonly #plan: CudaPlan;
  readonly #loaded: LoadedPlan;
  readonly #device: Device;
  readonly #scope: Scope;
  #steps = 0;
  #made: { readonly memory: ScanMemory; readonly release: () => void } | undefined;

  constructor(plan: CudaPlan, loaded: LoadedPlan, device: Device, scope: Scope) {
    this.#plan = plan;
    this.#loaded = loaded;
    this.#device = device;
    this.#scope = scope;
  }

  /** Memory for so many steps. Throws CudaError; the next call then starts afresh. */
  require(steps: number): ScanMemory {
    if (this.#made && this.#steps >= steps) return this.#made.memory;
    const before = this.#made;
    this.#made = undefined;
    before?.release();
    const [memory, release] = this.#scope.guard((scope) => this.#make(steps, scope));
    this.#steps = steps;
    this.#made = { memory, release };
    return memory;
  }

  #make(steps: number, scope: Scope): ScanMemory {
    const { inputStride, outputStride } = this.#plan.scan;
    const allocate = (bytes: number) => (bytes === 0 ? 0n : this.#device.allocate(bytes, scope));
    const addresses = {
      inputs: allocate(steps * inputStride),
      outputs: allocate(steps * outputStride),
      step: allocate(4),
    };
    const graph = captureStep(this.#device, scope, this.#loaded.nodes, (stream) =>
      this.#loaded.launchStep(stream, addresses),
    );
    return { ...addresses, graph };
  }
}
