import {
  checkFedIndices,
  checkInputs,
  checkScanInputs,
  checkStateData,
  checkStateName,
  DisposedError,
  type Executable,
  type TensorData,
  type TensorMap,
} from '@polyneuron/backend';
import type { Program } from '@polyneuron/graph';
import type { CudaPlan, Slot } from '../cudaPlan.js';
import { forProgram, forProgramAsync } from './cudaError.js';
import type { Device } from './device.js';
import { type DeviceTask, TaskQueue } from './deviceTask.js';
import { loadPlan } from './loadPlan.js';
import { fromBytes, packRecords, stackedOutputs, toWords, unpackRecords } from './records.js';
import { ScanRecords, stepsPerPart } from './scanRecords.js';

/**
 * A plan on a device. A call that comes while another runs ends that one first, so that all happen in the order of the
 * calls. After a CudaError the state is undefined: write it again.
 *
 * Throws   CudaError, having released what it made
 */
export function createExecutable(
  program: Program,
  plan: CudaPlan,
  image: Uint8Array,
  device: Device,
): Executable {
  const queue = new TaskQueue(device);
  const fed = { program: program.name, device: 'cuda', indices: plan.fedIndices };
  const named = <T>(work: () => T): T => forProgram(program.name, work);
  const [{ loaded, records }, release] = named(() => {
    device.enter();
    return device.scope.guard((scope) => {
      const [memory] = scope.open();
      // Released first: what runs needs the memory
      scope.add(() => queue.drain());
      const loaded = loadPlan(plan, image, device, memory);
      return { loaded, records: new ScanRecords(plan, loaded, device, memory) };
    });
  });
  let isDisposed = false;
  const requireLive = (): void => {
    if (isDisposed || device.isDisposed) throw new DisposedError(`executable of '${program.name}'`);
  };
  const start = <T>(task: DeviceTask<T>): Promise<T> => forProgramAsync(program.name, queue.run(task));
  const addressOf = ({ offset }: Slot): bigint => loaded.arena + BigInt(offset);
  return {
    program,
    write: (name, data) => {
      requireLive();
      checkStateData(program, name, data);
      const slot = plan.state[name];
      named(() => {
        device.enter();
        queue.drain();
        device.upload(addressOf(slot), toWords[slot.dtype](data));
        device.synchronize();
      });
    },
    read: async (name) => {
      requireLive();
      checkStateName(program, name);
      return start(readSlot(device, plan.state[name], addressOf(plan.state[name])));
    },
    run: async (inputs) => {
      requireLive();
      checkInputs(program, inputs);
      checkFedIndices(fed, inputs);
      return start(runSteps(device, plan, records, 1, inputs));
    },
    runSync: (inputs) => {
      requireLive();
      checkInputs(program, inputs);
      checkFedIndices(fed, inputs);
      return named(() => queue.runSync(runSteps(device, plan, records, 1, inputs)));
    },
    scan: async (steps, inputs) => {
      requireLive();
      checkScanInputs(program, steps, inputs);
      checkFedIndices(fed, inputs);
      return start(runSteps(device, plan, records, steps, inputs));
    },
    dispose: () => {
      if (isDisposed || device.isDisposed) return;
      named(() => {
        device.enter();
        isDisposed = true;
        release();
      });
    },
  };
}

function* readSlot(device: Device, { dtype, bytes }: Slot, address: bigint): DeviceTask<TensorData> {
  device.enter();
  yield;
  const data = new Uint8Array(bytes);
  device.download(data, address);
  return fromBytes(dtype, data);
}

/** All steps of a scan: the inputs of a part go up together, its outputs come back together. A run is a scan of one. */
function* runSteps(
  device: Device,
  plan: CudaPlan,
  records: ScanRecords,
  steps: number,
  inputs: TensorMap,
): DeviceTask<TensorMap> {
  const stacked = stackedOutputs(plan, steps);
  const part = Math.min(steps, stepsPerPart(plan));
  for (let from = 0; from < steps; from += part) {
    const count = Math.min(part, steps - from);
    device.enter();
    const { graph, ...addresses } = records.require(part);
    device.upload(addresses.inputs, packRecords(plan, inputs, from, count));
    device.clear(addresses.step, 4);
    graph.launch(count);
    yield;
    const results = new Uint8Array(count * plan.scan.outputStride);
    device.download(results, addresses.outputs);
    unpackRecords(plan, results, stacked, from);
  }
  return stacked;
}
