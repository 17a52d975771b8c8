import { describe, expect, it } from 'vitest';
import { slowedContender } from '../contenders/slowedContender.js';
import { compareReports } from './compareReports.js';
import type { Change } from './comparison.js';
import { type SimulatedMachine, simulateRun } from './testing/simulatedRuns.js';

const trials = 25;

const machines: Readonly<Record<string, Omit<SimulatedMachine, 'seed'>>> = {
  quiet: { jitter: 0.01 },
  'with interruptions': { jitter: 0.03, interruptions: 0.05 },
  'that others use by turns': { jitter: 0.02, drift: 0.08 },
};

/** The change of 'own' from one run to the next. */
async function changeOf(
  machine: SimulatedMachine,
  slowdown: number,
  options = {},
): Promise<Change | undefined> {
  const base = await simulateRun(machine);
  const head = await simulateRun({ ...machine, seed: machine.seed + 1000 }, (own) =>
    slowdown === 1 ? own : slowedContender(own, slowdown),
  );
  return compareReports(base, head, options).rows.find(({ contender }) => contender === 'own')?.change;
}

const seeds = Array.from({ length: trials }, (_, at) => at + 1);

describe.each(Object.entries(machines))('compareReports on a machine %s', (_, machine) => {
  it(`flags no two runs of one build in ${trials} trials`, async () => {
    for (const seed of seeds)
      expect([seed, await changeOf({ ...machine, seed }, 1)]).toEqual([seed, 'no difference']);
  });

  it(`catches a kernel that takes half as long again in ${trials} trials, and not as faster`, async () => {
    for (const seed of seeds)
      expect([seed, await changeOf({ ...machine, seed }, 1.5)]).toEqual([seed, 'slower']);
  });
});

describe('compareReports with a control', () => {
  const few = seeds.slice(0, 10);
  /** Waves ten times as long as a run, which no run can see by itself. */
  const unsteady = { jitter: 0.01, drift: 0.15, waveMs: 4000, hasStock: true };

  it('takes off what the machine did to both', async () => {
    const changes = await Promise.all(few.map((seed) => changeOf({ ...unsteady, seed }, 1)));
    expect(new Set(changes).size).toBeGreaterThan(1);
    for (const seed of few)
      expect([seed, await changeOf({ ...unsteady, seed }, 1, { control: 'stock' })]).toEqual([
        seed,
        'no difference',
      ]);
  });

  it('still catches the kernel', async () => {
    for (const seed of few)
      expect([seed, await changeOf({ ...unsteady, seed }, 1.5, { control: 'stock' })]).toEqual([
        seed,
        'slower',
      ]);
  });
});
