import { type Backend, createReferenceBackend } from '@polyneuron/backend';
import { describe, expect, it } from 'vitest';
import { counterName } from '../programs/counter.js';
import { openCase } from '../programs/openCase.js';
import { smallCase } from '../runner/testing/fakeWorld.js';
import type { Workload } from './contender.js';
import { programContender } from './programContender.js';
import { contendersFor, selectContenders } from './selectContenders.js';

const withThreads = (threads: number): Backend => {
  const backend = createReferenceBackend();
  return { ...backend, device: { ...backend.device, threads } };
};

describe('programContender', () => {
  it('opens one contender per thread count, and says which cannot be had', async () => {
    const spec = programContender({
      name: 'wasm',
      threads: [1, 2, 64],
      open: async (threads) => {
        if (threads > 8) throw new Error('at most 8 threads here');
        return withThreads(threads);
      },
    });
    const { contenders, missing } = await spec.open();
    expect(spec.name).toBe('polyneuron-wasm');
    expect(contenders.map(({ name, threads }) => [name, threads])).toEqual([
      ['polyneuron-wasm', 1],
      ['polyneuron-wasm', 2],
    ]);
    expect(missing).toEqual(['64 threads: at most 8 threads here']);
  });

  it('reports the threads that the backend has, not those asked for', async () => {
    const spec = programContender({ name: 'wasm', threads: [4], open: async () => withThreads(2) });
    const { contenders } = await spec.open();
    expect(contenders[0].threads).toBe(2);
  });

  it('runs as often as it is told, state carried on', async () => {
    const reads: string[] = [];
    const scans: number[] = [];
    let counter = 0;
    const reference = createReferenceBackend();
    const backend: Backend = {
      ...reference,
      async compile(program) {
        const executable = await reference.compile(program);
        return {
          ...executable,
          async scan(steps, inputs) {
            scans.push(steps);
            return executable.scan(steps, inputs);
          },
          async read(name) {
            reads.push(name);
            const values = await executable.read(name);
            if (name === counterName) counter = values[0];
            return values;
          },
        };
      },
    };
    const { contenders } = await programContender({ name: 'x', open: async () => backend }).open();
    const workload = (await contenders[0].prepare(openCase(smallCase))) as Workload;
    await workload.check();
    await workload.run(5);
    await workload.run(2);
    expect(scans).toEqual([1, 5, 2]);
    expect(counter).toBe(8);
    // The four bytes of the counter, not the product
    expect(reads).toEqual(['c', counterName, counterName]);
    workload.dispose();
    await expect(workload.run(1)).rejects.toThrow('before dispose()');
  });

  it('bounds the runs of one call by the bytes of their inputs', async () => {
    const { contenders } = await programContender({
      name: 'x',
      open: async () => createReferenceBackend(),
    }).open();
    const opened = openCase(smallCase);
    const rows = { shape: [2 ** 20], dtype: 'int32' } as const;
    const wide = { ...opened, program: { ...opened.program, inputs: { rows } } };
    const workload = (await contenders[0].prepare(wide)) as Workload;
    expect(workload.maximumRuns).toBe(4);
  });
});

describe('selectContenders', () => {
  const registry = contendersFor([{ name: 'wasm', open: async () => createReferenceBackend() }]);

  it('has the backends handed in and the peers', () => {
    expect(registry.map(({ name }) => name)).toEqual([
      'polyneuron-wasm',
      'polyneuron-wasm-fit',
      'tfjs-cpu',
      'tfjs-wasm',
    ]);
  });

  it('takes names in the order of the registry, all when left out', () => {
    expect(selectContenders(registry)).toBe(registry);
    const chosen = selectContenders(registry, ['tfjs-wasm', 'polyneuron-wasm']);
    expect(chosen.map(({ name }) => name)).toEqual(['polyneuron-wasm', 'tfjs-wasm']);
  });

  it('rejects a name that does not exist', () => {
    expect(() => selectContenders(registry, ['polyneuron-webgl'])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: runBench expected contenders among polyneuron-wasm, polyneuron-wasm-fit, tfjs-cpu, tfjs-wasm, got 'polyneuron-webgl'.

      Fix: check the spelling, or hand in the backend]
    `);
  });
});
