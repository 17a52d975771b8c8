/** @file The backend over the stand-in for CUDA (`standIn/standIn.h`), whose kernels run on the host: results, not calls. */
import type { Backend, Executable, TensorMap } from '@polyneuron/backend';
import { expectClose, tolerances } from '@polyneuron/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCudaBackend } from './cudaBackend.js';
import { hasCompiler } from './testing/hostCompiler.js';
import { sampleExpected, sampleInputs, sampleProgram, sampleState } from './testing/sampleProgram.js';
import { buildStandIn, type StandIn } from './testing/standIn.js';

const tolerance = tolerances.float32.gradient;

function expectSame(actual: TensorMap, expected: Record<string, number[]>): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) expectClose(actual[name], values, tolerance);
}

describe.skipIf(!hasCompiler('g++', 'CUDA over its stand-in'))('cuda over its stand-in', () => {
  let standIn: StandIn;
  let backend: Backend;
  let executable: Executable;
  beforeAll(() => {
    standIn = buildStandIn();
    standIn.runKernels(true);
  });
  afterAll(() => standIn.remove());
  beforeEach(async () => {
    standIn.reset();
    backend = await createCudaBackend({ driver: standIn.path, nvrtc: standIn.path });
    executable = await backend.compile(sampleProgram);
    for (const [name, data] of Object.entries(sampleState)) executable.write(name, data);
  });
  afterEach(() => {
    standIn.pollsUntilReady(0);
    standIn.readLate(false);
    backend.dispose();
    expect(standIn.faults()).toEqual([]);
    expect(standIn.ledger()).toEqual([]);
  });
  const stateOf = async () => {
    const entries = Object.keys(sampleState).map(
      async (name) => [name, await executable.read(name)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  };

  it('says what it runs on', () => {
    expect(backend.name).toBe('cuda');
    expect(backend.device).toMatchInlineSnapshot(`
      {
        "description": "CUDA on Stand-in GPU, compute capability 9.0",
        "facts": {
          "computeCapability": "9.0",
          "driverCudaVersion": "13.0",
          "gpu": "Stand-in GPU",
          "memoryBytes": 4294967296,
          "multiprocessors": 4,
          "nvrtcVersion": "13.0",
        },
        "threads": 1,
      }
    `);
  });

  it('runs a step as the interpreter does, in the array kinds of the contract', async () => {
    const outputs = await executable.run(sampleInputs(1));
    const expected = sampleExpected(1);
    expectSame(outputs, expected.outputs);
    expectSame(await stateOf(), expected.state);
    expect(Object.values(outputs).map((data) => data.constructor.name)).toEqual([
      'Float32Array',
      'Float32Array',
      'Int32Array',
      'Uint8Array',
    ]);
  });

  it('runs in place as it does while waiting', () => {
    expectSame(executable.runSync?.(sampleInputs(1)) ?? {}, sampleExpected(1).outputs);
  });

  // 1 and 63 steps are single launches, 64 one of many steps, 200 three of them and a rest
  it.each([0, 1, 63, 64, 200])('scans %i steps as the interpreter runs them', async (steps) => {
    expectSame(await executable.scan(steps, sampleInputs(steps)), sampleExpected(steps).outputs);
    expectSame(await stateOf(), sampleExpected(steps).state);
  });

  it('scans a second time, with more steps than the first', async () => {
    const [inputs, { outputs }] = [sampleInputs(5), sampleExpected(5)];
    const part = (from: number, to: number) => ({
      rows: inputs.rows.subarray(4 * from, 4 * to),
      mask: inputs.mask.subarray(3 * from, 3 * to),
      rate: inputs.rate.subarray(from, to),
    });
    await executable.scan(2, part(0, 2));
    expectClose((await executable.scan(3, part(2, 5))).loss, outputs.loss.slice(2), tolerance);
  });

  it('reads float64 as float32', async () => {
    executable.write('weights', Float64Array.from(sampleState.weights));
    const inputs = { ...sampleInputs(1), rate: Float64Array.of(0.1) };
    expectSame(await executable.run(inputs), sampleExpected(1).outputs);
  });

  it('lets the event loop turn while the device works', async () => {
    standIn.pollsUntilReady(1500);
    let turns = 0;
    const count = () => {
      turns++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    await executable.run(sampleInputs(1));
    clearImmediate(timer);
    expect(turns).toBeGreaterThan(100);
  });

  it.each([false, true])('keeps the order of calls, with uploads that are read late: %s', async (isLate) => {
    standIn.pollsUntilReady(50);
    standIn.readLate(isLate);
    const expected = sampleExpected(3);
    const inputs = sampleInputs(3);
    const scanned = executable.scan(3, inputs);
    // The data that was passed may change as soon as the call is made
    inputs.rate.fill(9);
    const weights = executable.read('weights');
    executable.write('weights', sampleState.weights);
    executable.write('steps', sampleState.steps);
    const again = executable.run(sampleInputs(1));
    expectSame(await scanned, expected.outputs);
    expectClose(await weights, expected.state.weights, tolerance);
    expectSame(await again, sampleExpected(1).outputs);
  });

  it('ends what runs before it is disposed', async () => {
    standIn.pollsUntilReady(50);
    const scanned = executable.scan(3, sampleInputs(3));
    executable.dispose();
    executable.dispose();
    expectSame(await scanned, sampleExpected(3).outputs);
    const other = await backend.compile(sampleProgram);
    const run = other.run(sampleInputs(1));
    backend.dispose();
    expect((await run).loss).toHaveLength(1);
  });

  it('ends a compilation that it was disposed under', async () => {
    const compiled = backend.compile({ ...sampleProgram, name: 'another' });
    backend.dispose();
    await expect(compiled).rejects.toThrow("backend 'cuda' expected to be used before dispose()");
  });

  it('works after another library has made its context current', async () => {
    standIn.loseContext();
    executable.write('weights', sampleState.weights);
    standIn.loseContext();
    expectSame(await executable.run(sampleInputs(1)), sampleExpected(1).outputs);
    standIn.loseContext();
    expect(await executable.read('steps')).toEqual(Int32Array.of(8));
    standIn.pollsUntilReady(50);
    const first = executable.run(sampleInputs(1));
    standIn.loseContext();
    const second = executable.run(sampleInputs(1));
    expect([(await first).loss, (await second).loss]).toHaveLength(2);
    standIn.loseContext();
    executable.dispose();
  });

  it('keeps the state of two executables apart, and compiles once', async () => {
    const other = await backend.compile(sampleProgram);
    await executable.run(sampleInputs(1));
    expect(await other.read('steps')).toEqual(Int32Array.of(0));
    expect(standIn.calls().filter((call) => call.startsWith('nvrtcCompileProgram'))).toHaveLength(1);
  });

  it('refuses what the contract refuses', async () => {
    const { rows } = sampleInputs(1);
    await expect(executable.run({ rows })).rejects.toThrow('expected input');
    await expect(
      executable.run({ ...sampleInputs(1), rows: Int32Array.of(0, 1, 6, 2) }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: program 'least squares' on cuda expected indices from 0 to 5 in input 'rows', got 6.

      Fix: check the row and class indices that are fed]
    `);
    expect(() => executable.write('nothing', rows)).toThrow('a state entry among');
    executable.dispose();
    await expect(executable.run(sampleInputs(1))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DisposedError: executable of 'least squares' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later]
    `);
    expect(() => executable.write('steps', Int32Array.of(1))).toThrow('before dispose()');
    backend.dispose();
    await expect(backend.compile(sampleProgram)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [DisposedError: backend 'cuda' expected to be used before dispose(), got a call after it.

      Fix: compile the program again, or dispose later]
    `);
  });
});
