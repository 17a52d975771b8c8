import { ValueError } from '@polyneuron/graph';
import type { GoalRun } from '../programs/caseProgram.js';

/**
 * Trains until the loss is below the goal. `advance` takes `stride` steps and gives the loss of the last; the losses come back
 * in order, so that their number says how many steps it took.
 *
 * Throws   ValueError where the goal is not reached
 */
export async function reachGoal(
  { below, stride, most }: Omit<GoalRun, 'kind' | 'output'>,
  advance: () => Promise<number>,
): Promise<number[]> {
  const losses: number[] = [];
  while (losses.length * stride < most) {
    const loss = await advance();
    losses.push(loss);
    if (loss < below) return losses;
  }
  throw new ValueError({
    subject: 'a training until its goal',
    expected: `a loss below ${below} within ${most} steps`,
    received: String(losses.at(-1)),
    fix: 'compare the losses with those of the float64 reference: this contender trains differently',
  });
}
