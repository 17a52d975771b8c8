import { type Node, nodesOf, type Program, sizeOf } from '@polyneuron/graph';
import { contiguous, isSameAccess } from './access.js';
import { Group } from './group.js';
import { numbersFirst, placeAcrossLanes } from './lanes.js';
import { placements } from './place.js';
import type { Access, BufferId, Kernel, Plan } from './plan.js';
import { readsOf } from './reads.js';
import { Schedule, type Step } from './schedule.js';

export interface PlanOptions {
  /**
   * Make one loop over the batch of a small network, for devices that keep what lies between in registers. Without it
   * there are no lanes kernels. default true
   */
  readonly lanes?: boolean;
}

/**
 * Plans a program as fused kernels. The program should be simplified first; its meaning is kept exactly: outputs and
 * updates see the state as it was when the run began.
 */
export function planProgram(program: Program, { lanes = true }: PlanOptions = {}): Plan {
  const schedule = new Schedule(program);
  const order = lanes ? placeAcrossLanes(schedule, program) : numbersFirst(nodesOf(program));
  for (const node of order) (placements[node.op] as (schedule: Schedule, node: Node) => void)(schedule, node);
  const outputs = writeOutputs(schedule, program);
  writeUpdates(schedule, program);
  return {
    program,
    buffers: schedule.buffers,
    kernels: schedule.steps.filter(hasEffect).map(toKernel),
    inputs: Object.fromEntries(schedule.leaves.input),
    state: Object.fromEntries(schedule.leaves.state),
    outputs,
  };
}

function writeOutputs(schedule: Schedule, program: Program): Record<string, BufferId> {
  const outputs: Record<string, BufferId> = {};
  for (const [name, node] of Object.entries(program.outputs)) {
    outputs[name] = schedule.buffer('output', name, node.dtype, sizeOf(node.shape));
    writeTo(schedule, node, contiguous(outputs[name], node.shape));
  }
  return outputs;
}

/** Stores from the group that computes the value, or copies from memory in a new step. */
function writeTo(schedule: Schedule, node: Node, target: Access): void {
  const home = schedule.homeOf(node);
  if (home) home.stores.push({ value: home.members.get(node) as number, access: target });
  else copyTo(schedule, node, schedule.materialize(node).access, target);
}

function copyTo(schedule: Schedule, node: Node, source: Access, target: Access): void {
  const group = schedule.openGroup(node.shape);
  group.stores.push({ value: group.load(source, node.dtype), access: target });
}

/**
 * New state, in place where nobody needs the old value any more, else through scratch memory at the end.
 */
function writeUpdates(schedule: Schedule, program: Program): void {
  const late: { node: Node; target: Access }[] = [];
  const targets = Object.entries(program.updates).map(([name, node]) => ({
    node,
    target: contiguous(schedule.leaves.state.get(name) as BufferId, node.shape),
  }));
  const readLate = new Set(
    targets.flatMap(({ node }) => (schedule.homeOf(node) ? [] : [schedule.materialize(node).access.buffer])),
  );
  for (const { node, target } of targets) {
    const home = schedule.homeOf(node);
    if (home && !readLate.has(target.buffer) && isFree(schedule.steps, home, target)) {
      home.stores.push({ value: home.members.get(node) as number, access: target });
    } else if (!(node.op === 'state' && schedule.materialize(node).access.buffer === target.buffer)) {
      late.push({ node, target });
    }
  }
  // All old values are saved before the first new one is written
  const saved = late.map(({ node, target }) => {
    const { access } = schedule.materialize(node);
    if (schedule.buffers[access.buffer].kind !== 'state') return { node, target, source: access };
    const source = schedule.scratch(node);
    copyTo(schedule, node, access, source);
    return { node, target, source };
  });
  for (const { node, target, source } of saved) copyTo(schedule, node, source, target);
}

/** No step after `home` reads the buffer, and `home` itself reads only the very element that it writes. */
function isFree(steps: readonly Step[], home: Group, target: Access): boolean {
  return steps
    .slice(home.index)
    .every((step) =>
      readsOf(step instanceof Group ? toKernel(step) : step).every(
        (read) =>
          read.access.buffer !== target.buffer ||
          (step === home && read.isPointwise && isSameAccess(read.access, target)),
      ),
    );
}

function hasEffect(step: Step): boolean {
  return !(step instanceof Group) || step.stores.length + step.reductions.length > 0;
}

function toKernel(step: Step): Kernel {
  if (!(step instanceof Group)) return step;
  return step.contraction
    ? { kind: 'contraction', ...step.contraction, epilogue: step.body() }
    : { kind: 'loop', body: step.body() };
}
