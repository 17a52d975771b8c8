/**
 * @file One step of a scan as a CUDA graph, and many steps with few calls.
 *
 * A step is captured once: feed, the kernels of the plan, collect, and a kernel that advances the step counter on the
 * device. For scans it is put as a child graph, many times in a row, into a second graph: `steps / repeats` launches
 * run them all, and everything between two steps stays on the device. Two other ways were weighed. A loop of the device
 * itself (conditional nodes) needs CUDA 12.4 and its device runtime; one launch per step costs JavaScript's and the
 * driver's few microseconds each, which is what small programs take altogether.
 */
import type { Device } from './device.js';
import type { Driver } from './driver.js';
import { driverConstants } from './driverFunctions.js';
import type { Scope } from './scope.js';

/** Nodes that a repeated graph has at most, and steps. */
const maximumNodes = 1024;
const maximumRepeats = 64;

export interface StepGraph {
  /** Queues so many steps. */
  launch(steps: number): void;
}

/** Captures what `work` launches on the stream it gets, `nodes` kernels, as one step. */
export function captureStep(
  device: Device,
  scope: Scope,
  nodes: number,
  work: (stream: bigint) => void,
): StepGraph {
  const { driver, stream } = device;
  const step = capture(device, scope, work);
  const single = instantiate(device, scope, step);
  const repeats = Math.max(1, Math.min(maximumRepeats, Math.floor(maximumNodes / nodes)));
  let many: bigint | undefined;
  return {
    launch: (steps) => {
      let left = steps;
      if (repeats > 1 && left >= repeats) {
        many ??= repeat(device, scope, step, repeats);
        for (; left >= repeats; left -= repeats) driver.call('cuGraphLaunch', { executable: many, stream });
      }
      for (; left > 0; left--) driver.call('cuGraphLaunch', { executable: single, stream });
    },
  };
}

/** Captures on a stream of its own: a capture that fails leaves nothing behind on the one where work runs. */
function capture({ driver }: Device, scope: Scope, work: (stream: bigint) => void): bigint {
  const [graph, release] = scope.guard((own) => {
    const stream = driver.handleOf('cuStreamCreate', (cell) => ({
      stream: cell,
      flags: driverConstants.streamNonBlocking,
    }));
    own.add(() => driver.call('cuStreamDestroy', { stream }));
    driver.call('cuStreamBeginCapture', { stream, mode: driverConstants.captureRelaxed });
    try {
      work(stream);
    } catch (error) {
      abandon(driver, stream);
      throw error;
    }
    const captured = driver.handleOf('cuStreamEndCapture', (cell) => ({ stream, graph: cell }));
    scope.add(() => driver.call('cuGraphDestroy', { graph: captured }));
    return captured;
  });
  release();
  return graph;
}

/** Ends a capture whose work failed. What CUDA says to that adds nothing to the error that is on its way. */
function abandon(driver: Driver, stream: bigint): void {
  try {
    const graph = driver.handleOf('cuStreamEndCapture', (cell) => ({ stream, graph: cell }));
    if (graph !== 0n) driver.call('cuGraphDestroy', { graph });
  } catch {
    return;
  }
}

/** A graph of `repeats` steps, each after the one before. */
function repeat(device: Device, scope: Scope, step: bigint, repeats: number): bigint {
  const { driver } = device;
  const [executable, release] = scope.guard((own) => {
    const graph = driver.handleOf('cuGraphCreate', (cell) => ({ graph: cell, flags: 0 }));
    own.add(() => driver.call('cuGraphDestroy', { graph }));
    let dependencies: BigUint64Array | null = null;
    for (let at = 0; at < repeats; at++) {
      const node: bigint = driver.handleOf('cuGraphAddChildGraphNode', (cell) => ({
        node: cell,
        graph,
        dependencies,
        dependencyCount: dependencies ? 1 : 0,
        child: step,
      }));
      dependencies = BigUint64Array.of(node);
    }
    return instantiate(device, scope, graph);
  });
  // The graph itself is done with once it is instantiated
  release();
  return executable;
}

function instantiate({ driver }: Device, scope: Scope, graph: bigint): bigint {
  const executable = driver.handleOf('cuGraphInstantiate', (cell) => ({ executable: cell, graph, flags: 0 }));
  scope.add(() => driver.call('cuGraphExecDestroy', { executable }));
  return executable;
}
