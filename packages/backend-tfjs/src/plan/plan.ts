import type { OpName, Program } from '@polyneuron/graph';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { TfjsDevice } from '../device/device.js';
import type { Run } from '../kernels/lowering.js';

/** One kernel run: reads slots, writes one, and frees those nobody reads again. */
export interface Step {
  readonly run: Run;
  readonly operands: readonly number[];
  readonly result: number;
  readonly release: readonly number[];
}

/** A program as a flat list of steps over numbered slots. */
export interface Plan {
  readonly program: Program;
  readonly steps: readonly Step[];
  /** Leaves that are read, by name. */
  readonly inputSlots: Readonly<Record<string, number>>;
  readonly stateSlots: Readonly<Record<string, number>>;
  /** Every root has a slot of its own, written by a step: the caller owns what it finds there. */
  readonly outputSlots: Readonly<Record<string, number>>;
  readonly updateSlots: Readonly<Record<string, number>>;
  /** Constants by slot; they live as long as the plan. */
  readonly residents: ReadonlyMap<number, TensorInfo>;
  readonly slotCount: number;
  /** Ops that the float64 interpreter runs because the backend has no kernel for them. */
  readonly interpretedOps: readonly OpName[];
  dispose(): void;
}

/** Tensors by name. */
export type TensorInfos = Readonly<Record<string, TensorInfo>>;

export interface PlanResult {
  readonly outputs: Record<string, TensorInfo>;
  readonly updates: Record<string, TensorInfo>;
}

/** Runs a plan. Leaves stay the caller's; outputs and updates become the caller's; when a step throws, nothing is left. */
export function executePlan(
  { free }: TfjsDevice,
  plan: Plan,
  inputs: TensorInfos,
  state: TensorInfos,
): PlanResult {
  const slots = new Array<TensorInfo | undefined>(plan.slotCount);
  for (const [slot, info] of plan.residents) slots[slot] = info;
  for (const name in plan.inputSlots) slots[plan.inputSlots[name]] = inputs[name];
  for (const name in plan.stateSlots) slots[plan.stateSlots[name]] = state[name];
  let done = 0;
  try {
    for (; done < plan.steps.length; done++) {
      const { run, operands, result, release } = plan.steps[done];
      slots[result] = run(operands.map((slot) => slots[slot] as TensorInfo));
      for (const slot of release) {
        free(slots[slot] as TensorInfo);
        slots[slot] = undefined;
      }
    }
  } catch (error) {
    for (const { result } of plan.steps.slice(0, done)) if (slots[result]) free(slots[result]);
    throw error;
  }
  return { outputs: pick(plan.outputSlots, slots), updates: pick(plan.updateSlots, slots) };
}

function pick(
  roots: Readonly<Record<string, number>>,
  slots: readonly (TensorInfo | undefined)[],
): Record<string, TensorInfo> {
  return Object.fromEntries(Object.entries(roots).map(([name, slot]) => [name, slots[slot] as TensorInfo]));
}
