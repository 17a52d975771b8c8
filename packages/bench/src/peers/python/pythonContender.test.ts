import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import type { Contender, Opening, Workload } from '../../contenders/contender.js';
import { openCase } from '../../programs/openCase.js';
import { runBenchIn } from '../../runner/runBench.js';
import {
  createFakeClock,
  fakeContender,
  fakeWorld,
  smallCase,
  specOf,
} from '../../runner/testing/fakeWorld.js';
import { type PythonOptions, type PythonPeer, pythonContender } from './pythonContender.js';
import { foundModules, pythonCommand } from './testing/foundPython.js';

const hasPython = foundModules([]) !== undefined;
if (!hasPython) console.warn(`SKIPPED: the protocol of Python peers, which needs ${pythonCommand}`);

const script = fileURLToPath(new URL('testing/fakePeer.py', import.meta.url));
const cores = availableParallelism();

function peer(framework: string): PythonPeer {
  return { name: 'fake', title: 'fake', framework, packages: 'fake', suites: ['gemm'], script };
}

/** All cores: one process that is not bound, on any platform. */
function specFor(behaviour: string, options: PythonOptions = {}) {
  return pythonContender(peer(behaviour), { command: pythonCommand, threads: [cores], ...options });
}

async function open(behaviour: string): Promise<Contender> {
  const { contenders, missing } = await specFor(behaviour).open();
  expect(missing).toEqual([]);
  return contenders[0];
}

async function missingOf(opening: Promise<Opening>): Promise<string> {
  const { contenders, missing } = await opening;
  expect(contenders).toEqual([]);
  expect(missing).toHaveLength(1);
  return missing[0].replaceAll(pythonCommand, 'PYTHON');
}

const listenersAtStart = new Set(process.listeners('exit'));
const addedListeners = () => process.listeners('exit').filter((one) => !listenersAtStart.has(one));

const opened = openCase(smallCase);
const { values: product } = opened.check.reference().c;

const pidOf = ({ device }: Contender) => Number(device.replace('pid ', ''));

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const messageOf = (cause: unknown) => (cause as Error).message.replaceAll(pythonCommand, 'PYTHON');

describe.skipIf(!hasPython)('pythonContender', () => {
  it('opens a case, checks it and measures runs in the other process', async () => {
    const contender = await open('right');
    expect(contender).toMatchObject({ name: 'fake', threads: cores, versions: { fake: '1.2' } });
    for (let time = 0; time < 2; time++) {
      const workload = (await contender.prepare(opened)) as Workload;
      expect(workload.granularity).toBe(3);
      const { c } = await workload.check();
      expect(c).toHaveLength(4);
      for (const [at, value] of product.entries()) expect(c[at]).toBeCloseTo(value, 6);
      expect(await workload.run(6)).toBe(3);
      workload.dispose();
    }
    contender.dispose();
  });

  it('takes part in a run: its own times, its versions, and an end', async () => {
    const clock = createFakeClock();
    const slow = fakeContender(clock, { name: 'slow', costOf: () => 4 });
    const world = fakeWorld(clock, [specOf('slow', slow), specFor('right')]);
    const phases: string[] = [];
    const report = await runBenchIn(
      {
        backends: [],
        baseline: 'slow',
        cases: ['small', 'other'],
        rounds: 5,
        onProgress: ({ case: name, phase, contender }) => {
          if (phase === 'open') phases.push(`${name} ${contender}`);
        },
      },
      world,
    );
    expect(phases).toEqual(['* slow', '* fake']);
    expect(report.errors).toEqual([]);
    const results = report.results.filter(({ contender }) => contender === 'fake');
    expect(results.map(({ case: name, median, ratio }) => [name, median, ratio])).toEqual([
      ['small', 0.5, 8],
      ['other', 0.5, 8],
    ]);
    expect(results[0].versions).toEqual({ fake: '1.2' });
    const pid = Number(results[0].device.replace('pid ', ''));
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
  });

  it('is not started for suites that it does not take', async () => {
    const clock = createFakeClock();
    const spec = pythonContender({ ...peer('right'), suites: ['steps'] }, { command: 'no-such-python' });
    const slow = fakeContender(clock, { name: 'slow' });
    const world = fakeWorld(clock, [specOf('slow', slow), spec]);
    const { missing } = await runBenchIn({ backends: [], baseline: 'slow', cases: ['small'] }, world);
    expect(missing).toEqual([{ case: '*', contender: 'fake', reason: 'it takes part in steps only' }]);
  });

  it('refuses a wrong result', async () => {
    const clock = createFakeClock();
    const world = fakeWorld(clock, [specFor('wrong')]);
    const { results, errors } = await runBenchIn({ backends: [], baseline: 'fake', cases: ['small'] }, world);
    expect(results).toEqual([]);
    expect(errors[0].message).toContain('not timed: the result is off by');
  });

  it('passes on why a case is not taken', async () => {
    const contender = await open('refuses');
    expect(await contender.prepare(opened)).toEqual({ unsupported: 'no fake form of it is written here' });
    contender.dispose();
  });

  it('starts again after its process died at work', async () => {
    const contender = await open('dies-at-work');
    const workload = (await contender.prepare(opened)) as Workload;
    await workload.check();
    const failure = await (workload.run(3) as Promise<number>).catch(messageOf);
    expect(failure).toMatchInlineSnapshot(`
      "'fake' in PYTHON expected an answer, got its end by signal SIGABRT.

      Fix: see that PYTHON runs and has fake with enough memory, or leave the contender out"
    `);
    expect(await (workload.run(3) as Promise<number>).catch(messageOf)).toBe(failure);
    const again = (await contender.prepare(opened)) as Workload;
    expect((await again.check()).c).toHaveLength(4);
    contender.dispose();
  });

  it('ends with this process', async () => {
    const contender = await open('right');
    const added = addedListeners();
    expect(added).toHaveLength(1);
    expect(isRunning(pidOf(contender))).toBe(true);
    added[0](0);
    await vi.waitFor(() => {
      expect(isRunning(pidOf(contender))).toBe(false);
      expect(addedListeners()).toEqual([]);
    });
    contender.dispose();
  });

  it.skipIf(process.platform !== 'linux' || cores < 2)('has one process per thread count', async () => {
    const { contenders, missing } = await specFor('right', { threads: [1, cores, cores + 1] }).open();
    expect(contenders.map(({ threads }) => threads)).toEqual([1, cores]);
    expect(new Set(contenders.map(pidOf)).size).toBe(2);
    expect(missing).toEqual([`${cores + 1} threads: this process may use ${cores} cores`]);
    for (const contender of contenders) contender.dispose();
  });
});

describe.skipIf(!hasPython)('pythonContender is missing', () => {
  it('without the framework', async () => {
    expect(await missingOf(specFor('missing', { threads: [cores, cores] }).open())).toMatchInlineSnapshot(
      `"expected to import missing, got ModuleNotFoundError: No module named 'fake'; install it: PYTHON -m pip install fake; or name another interpreter by --python or POLYNEURON_PYTHON"`,
    );
  });

  it('without the interpreter', async () => {
    const command = 'no-such-python';
    expect(await missingOf(specFor('right', { command }).open())).toMatchInlineSnapshot(
      `"expected an answer, got no process: spawn no-such-python ENOENT; install Python 3.9 or later, or name an interpreter by --python or POLYNEURON_PYTHON"`,
    );
  });

  it('when the process ends at its start', async () => {
    expect(await missingOf(specFor('dies').open())).toMatchInlineSnapshot(
      `"expected an answer, got its end by exit code 3: out of memory; see that PYTHON runs and has fake with enough memory, or leave the contender out"`,
    );
  });

  it('when the process prints something else', async () => {
    expect(await missingOf(specFor('garbage').open())).toMatchInlineSnapshot(
      `"expected an answer, got no JSON: 'Welcome to Python!'; run PYTHON by hand and see what prints on standard output"`,
    );
  });

  it('when there is no answer in time', async () => {
    expect(await missingOf(specFor('silent', { answerLimitMs: 200 }).open())).toMatchInlineSnapshot(
      `"expected an answer, got none within 0.2 s; run again when the machine is less busy, allow a longer --budget-ms, or leave the contender out"`,
    );
  });

  it('when it takes other threads than asked for', async () => {
    const reason = await missingOf(specFor('crowded').open());
    expect(reason.replace(/^\d+ threads?/, 'N threads')).toMatchInlineSnapshot(
      `"N threads: it takes 7; look for OMP_NUM_THREADS and the like in the environment"`,
    );
  });
});

describe.skipIf(!hasPython)('pythonContender rejects', () => {
  it('a failed check', async () => {
    const contender = await open('fails');
    const workload = (await contender.prepare(opened)) as Workload;
    expect(await workload.check().catch(messageOf)).toMatchInlineSnapshot(`
      "'fake' in Python expected a result, got ValueError: shapes do not fit.

      Fix: leave the contender out, or take a version of the framework that the README names"
    `);
    contender.dispose();
  });

  it('a time that is none', async () => {
    const contender = await open('lies');
    const workload = (await contender.prepare(opened)) as Workload;
    expect(await (workload.run(3) as Promise<number>).catch(messageOf)).toMatchInlineSnapshot(`
      "'fake' in Python expected a positive number as elapsedMs, got -1.

      Fix: leave the contender out, or take a version of the framework that the README names"
    `);
    contender.dispose();
  });

  it('the answer to another question', async () => {
    const contender = await open('confused');
    expect(await contender.prepare(opened).catch(messageOf)).toMatchInlineSnapshot(`
      "'fake' in Python expected an answer with id 1, got 2.

      Fix: leave the contender out, or take a version of the framework that the README names"
    `);
    contender.dispose();
  });
});
