import { add, constant, div, less, max, mul, type Node, select, sub } from '@polyneuron/graph';

export interface WarmUpConfig {
  /** Steps until the schedule's own first value is reached. */
  readonly warmUpSteps: number;
  /** Rate of the first step; default 0 */
  readonly from?: number;
}

/**
 * A schedule that rises in a straight line to the first value of another one, which then runs from its start.
 *
 * η(t) = from + (schedule(0) - from) t / W for t < W, schedule(t - W) after
 */
export function warmUp(
  { warmUpSteps, from = 0 }: WarmUpConfig,
  schedule: (step: Node) => Node,
): (step: Node) => Node {
  if (warmUpSteps <= 0) return schedule;
  return (step) => {
    const rise = mul(sub(schedule(constant(0)), from), div(step, warmUpSteps));
    return select(less(step, warmUpSteps), add(rise, from), schedule(max(sub(step, warmUpSteps), 0)));
  };
}
