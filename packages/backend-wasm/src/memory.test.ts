/** @file What stays behind: nothing. Each case is a process of its own, so that only its own memory is measured. */
import { describe, expect, it } from 'vitest';
import { runChild } from './testing/runChild.js';

/** Starts every child: a training step whose kernels are large enough to share, and a way to read memory. */
const prologue = `
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { add, einsum, gradient, input, mean, mul, programOf, square, state, sub, tanh } from '@polyneuron/graph';

const memories = [];
const OriginalMemory = WebAssembly.Memory;
WebAssembly.Memory = class extends OriginalMemory {
  constructor(options) {
    super(options);
    memories.push(new WeakRef(this));
  }
};
const pages = () => memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0) / 65536, 0);

const leaf = (make, name, ...shape) => make(name, { shape, dtype: 'float32' });
const trainingStep = (batch, n, m) => {
  const [w, b] = [leaf(state, 'w', n, m), leaf(state, 'b', m)];
  const y = tanh(add(einsum('bi,io->bo', leaf(input, 'x', batch, n), w), b));
  const loss = mean(square(sub(y, leaf(input, 't', batch, m))));
  const [dw, db] = gradient(loss, [w, b]);
  return programOf('step', { loss }, { w: sub(w, mul(dw, 0.1)), b: sub(b, mul(db, 0.1)) });
};
const inputsOf = (program, steps = 1) => Object.fromEntries(
  Object.entries(program.inputs).map(([name, { shape }]) => [
    name, new Float32Array(steps * shape.reduce((p, q) => p * q, 1)).fill(0.5),
  ]),
);
/** Resident bytes once everything that can go is gone. */
const settle = async () => {
  for (let round = 0; round < 5; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    gc();
  }
  return process.memoryUsage.rss();
};
`;

interface Figures {
  readonly before: { readonly rss: number; readonly pages: number };
  readonly after: { readonly rss: number; readonly pages: number };
}

async function measure(title: string, body: string): Promise<Figures> {
  const { code, stdout, stderr } = await runChild(`${prologue}\n${body}`, 110);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const figures = JSON.parse(stdout) as Figures;
  const show = ({ rss, pages }: Figures['before']) => `${(rss / 2 ** 20).toFixed(1)} MiB, ${pages} pages`;
  console.info(`${title}: ${show(figures.before)} -> ${show(figures.after)}`);
  return figures;
}

describe('memory', () => {
  it.each([1, 2])('stays flat over 10,000 training steps on %i threads', async (threads) => {
    const { before, after } = await measure(
      `10,000 steps, threads ${threads}`,
      `
      const backend = createWasmBackend({ threads: ${threads} });
      const program = trainingStep(32, 64, 64);
      const executable = await backend.compile(program);
      const [one, many] = [inputsOf(program), inputsOf(program, 10)];
      const train = async (steps) => {
        for (let at = 0; at < steps; at += 20) {
          for (let step = 0; step < 10; step++) await executable.run(one);
          await executable.scan(10, many);
        }
      };
      // Heaps and compiled code of all threads have their size after some 15,000 steps
      await train(20_000);
      const before = { rss: await settle(), pages: pages() };
      await train(10_000);
      const after = { rss: await settle(), pages: pages() };
      console.log(JSON.stringify({ before, after }));
    `,
    );
    expect(before.pages).toBeGreaterThan(0);
    expect(after.pages).toBe(before.pages);
    expect(after.rss).toBeLessThan(1.05 * before.rss);
  });

  // Workers are replaced every 32 dropped modules; RSS is bounded, but swings by some 15 MiB within that cycle
  it.todo('stays flat within 5 % over 1,000 compile and dispose cycles on 2 threads');

  it.each([1])('stays flat over 1,000 compile and dispose cycles on %i threads', async (threads) => {
    const { before, after } = await measure(
      `1,000 compilations, threads ${threads}`,
      `
      const backend = createWasmBackend({ threads: ${threads} });
      const program = trainingStep(32, 64, 64);
      const inputs = inputsOf(program, 2);
      const cycle = async (count) => {
        for (let at = 0; at < count; at++) {
          const executable = await backend.compile(program);
          await executable.scan(2, inputs);
          executable.dispose();
          if (at % 50 === 49) await settle();
        }
      };
      await cycle(800);
      const before = { rss: await settle(), pages: pages() };
      await cycle(1000);
      const after = { rss: await settle(), pages: pages() };
      console.log(JSON.stringify({ before, after }));
    `,
    );
    expect(after.pages).toBeLessThanOrEqual(before.pages);
    expect(after.rss).toBeLessThan(1.05 * before.rss);
  });
});

describe('a finished process', () => {
  it.each([
    ['that scanned', 'await executable.scan(20, inputsOf(program, 20));'],
    [
      'that disposed too',
      'await executable.scan(2, inputsOf(program, 2)); executable.dispose(); backend.dispose();',
    ],
    ['that compiled only', ''],
    [
      'that scans when its main ends',
      'executable.scan(20, inputsOf(program, 20)).then(() => console.log("scanned"));',
    ],
  ])('%s ends by itself', async (_, use) => {
    const { code, stdout, stderr } = await runChild(
      `${prologue}
      const backend = createWasmBackend({ threads: 2 });
      const program = trainingStep(32, 64, 64);
      const executable = await backend.compile(program);
      ${use}
      console.log('end of main');`,
      60,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').filter((line) => line.length > 0)).toEqual(
      use.includes('then') ? ['end of main', 'scanned'] : ['end of main'],
    );
  });
});
