import { describe, expect, it } from 'vitest';
import { calibrate } from './calibrate.js';

/** A machine on which the at-th piece takes `costOf(at)` ms of wall time and 3 of the processor. */
function machine(costOf: (at: number) => number) {
  let [wall, processor, done] = [0, 0, 0];
  return {
    now: () => wall,
    processorMs: () => processor,
    work: () => {
      wall += costOf(done++);
      processor += 3;
    },
    count: () => done,
  };
}

describe('calibrate', () => {
  it('finds nothing on a quiet machine', () => {
    expect(calibrate(machine(() => 3))).toEqual({ slowdown: 1, processorShare: 1 });
  });

  it('counts what others take: every second piece lasts thrice as long', () => {
    expect(calibrate(machine((at) => (at % 2 ? 9 : 3)))).toEqual({ slowdown: 2, processorShare: 0.5 });
  });

  it('does not know the share where the runtime does not tell it', () => {
    const { now, work } = machine((at) => (at % 4 ? 3 : 6));
    expect(calibrate({ now, work })).toEqual({ slowdown: 1.25, processorShare: null });
  });

  it('says that a processor is slow, not taken, where the processor time grows alike', () => {
    const slow = machine((at) => (at % 2 ? 9 : 3));
    expect(calibrate({ ...slow, processorMs: slow.now })).toEqual({ slowdown: 2, processorShare: 1 });
  });

  it('takes a share above 1, of helper threads, for 1', () => {
    const { now, work } = machine(() => 3);
    expect(calibrate({ now, work, processorMs: () => 2 * now() }).processorShare).toBe(1);
  });

  it('ends soon where code is slow', () => {
    const interpreter = machine(() => 400);
    calibrate(interpreter);
    expect(interpreter.count()).toBe(6);
  });

  it('claims nothing with a clock that stands still, or moves in long steps', () => {
    expect(calibrate({ now: () => 5, work: () => {} })).toEqual({ slowdown: 1, processorShare: null });
    const { now, work } = machine(() => 3);
    const coarse = () => Math.floor(now() / 16) * 16;
    expect(calibrate({ now: coarse, work }).slowdown).toBe(1);
  });

  it('spins for real', () => {
    const { slowdown } = calibrate({ now: () => performance.now() });
    expect(slowdown).toBeGreaterThanOrEqual(1);
  });
});
