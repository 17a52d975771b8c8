import { type Backend, createReferenceBackend, type TensorMap } from '@polyneuron/backend';
import { describe, expect, it } from 'vitest';
import type { Task } from '../cases/benchCase.js';
import { otherTasks } from '../peers/testing/smallTasks.js';
import { openCase } from '../programs/openCase.js';
import { maxErrorOf } from '../runner/parity.js';
import { prepareProgram } from './programWorkload.js';

/** The reference backend with a diary: what is compiled, run and disposed of. */
function watchedBackend(log: string[]): Backend {
  const reference = createReferenceBackend();
  return {
    ...reference,
    async compile(program) {
      log.push('compile');
      const executable = await reference.compile(program);
      const { write, run, scan, dispose } = executable;
      return {
        ...executable,
        read: (name) => executable.read(name),
        write: (name, data) => write.call(executable, name, data),
        async run(inputs: TensorMap) {
          log.push('run');
          return run.call(executable, inputs);
        },
        async scan(steps, inputs) {
          log.push(`scan ${steps}`);
          return scan.call(executable, steps, inputs);
        },
        dispose() {
          log.push('dispose');
          dispose.call(executable);
        },
      };
    },
  };
}

async function start(task: Task, log: string[]) {
  const opened = openCase({ name: 'small', task });
  const workload = await prepareProgram(watchedBackend(log), opened);
  const error = maxErrorOf(await workload.check(), opened.check.reference());
  // Float64 on both sides
  expect(error).toBeLessThan(1e-9);
  log.length = 0;
  return workload;
}

describe('prepareProgram', () => {
  it('calls once per timing, outputs read back', async () => {
    const log: string[] = [];
    const workload = await start(otherTasks.inference, log);
    expect(workload.maximumRuns).toBe(1);
    await workload.run(1);
    workload.dispose();
    expect(log).toEqual(['run', 'dispose']);
  });

  it('starts afresh in every run', async () => {
    const log: string[] = [];
    const workload = await start(otherTasks.compile, log);
    await workload.run(2);
    workload.dispose();
    expect(log).toEqual(['compile', 'run', 'dispose', 'compile', 'run', 'dispose']);
  });

  it('trains from the first state in every run', async () => {
    const log: string[] = [];
    const workload = await start(otherTasks.convergence, log);
    await workload.run(1);
    const first = [...log];
    log.length = 0;
    await workload.run(2);
    workload.dispose();
    expect(first.length).toBeGreaterThan(1);
    expect(new Set(first)).toEqual(new Set(['scan 2']));
    expect(log).toEqual([...first, ...first, 'dispose']);
  });
});
