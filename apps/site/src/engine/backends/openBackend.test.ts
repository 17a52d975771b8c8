import { readFileSync } from 'node:fs';
import { createReferenceBackend, type Executable } from '@polyneuron/backend';
import { createWasmBackend, threadScript } from '@polyneuron/backend-wasm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SessionDriver, type Table } from '../testing/sessionDriver.js';
import { backendTable } from './backendTable.js';
import { openBackend } from './openBackend.js';
import { selfTest } from './selfTest.js';

const wasm = createWasmBackend();

/** wasm whose training step forgets the last update: a kernel that computes something else. */
const corrupted = {
  ...wasm,
  compile: async (...given: Parameters<typeof wasm.compile>): Promise<Executable> => {
    const executable = await wasm.compile(...given);
    const inputsOf = (inputs: Parameters<Executable['scan']>[1], steps: number) =>
      Object.fromEntries(
        Object.entries(inputs).map(([name, data]) => [
          name,
          data.slice(0, (data.length / (steps + 1)) * steps),
        ]),
      );
    return {
      ...executable,
      scan: (steps, inputs) => executable.scan(steps - 1, inputsOf(inputs, steps - 1)),
    };
  },
};

const tableWith = (change: Partial<Table>): Table => ({ ...backendTable, ...change });

describe('selfTest', () => {
  it('passes what computes right', async () => {
    expect(await selfTest(wasm)).toBeUndefined();
    expect(await selfTest(createReferenceBackend())).toBeUndefined();
    const threads = createWasmBackend({ threads: 2 });
    expect(await selfTest(threads, 'wide')).toBeUndefined();
    threads.dispose();
  });

  it('names what does not', async () => {
    expect(await selfTest(corrupted)).toMatchInlineSnapshot(
      `"its results differ from those of the float64 interpreter"`,
    );
    const refusing = { ...wasm, compile: () => Promise.reject(new Error('no memory\nwith details')) };
    expect(await selfTest(refusing)).toBe('no memory');
  });
});

describe('the script of threads', () => {
  it('is what the package runs', () => {
    const file = readFileSync(new URL('../../../public/wasm-thread.js', import.meta.url), 'utf8');
    expect(file).toBe(`${threadScript}\n`);
  });
});

describe('openBackend', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('takes what is wished', async () => {
    const { capabilities, notices } = await openBackend(backendTable, 'javascript');
    expect([capabilities.backend, notices]).toEqual(['javascript', []]);
  });

  it('takes the next where a backend fails its test, and says why', async () => {
    const table = tableWith({ wasm: { ...backendTable.wasm, open: async () => corrupted } });
    const { capabilities, notices } = await openBackend(table, 'wasm');
    expect(capabilities.backend).toBe('javascript');
    expect(notices).toMatchInlineSnapshot(`
      [
        "WebAssembly SIMD cannot be used: its results differ from those of the float64 interpreter.",
      ]
    `);
    expect(capabilities.backends.find(({ backend }) => backend === 'wasm')?.isAvailable).toBe(false);
  });

  it('takes threads where the page is isolated', async () => {
    vi.stubGlobal('crossOriginIsolated', true);
    const { backend, capabilities } = await openBackend(backendTable, 'threads');
    expect(capabilities).toMatchObject({ backend: 'threads', isIsolated: true });
    backend.dispose();
  });

  it('says where nothing computes', async () => {
    const none = {
      title: 'nothing',
      selfTest: 'small' as const,
      missing: () => 'it is not there',
      open: () => Promise.reject(new Error()),
    };
    const table: Table = { wasm: none, threads: none, webgl: none, javascript: none };
    await expect(openBackend(table, 'auto')).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EngineError: Nothing that computes passes its self-test in this browser.]`,
    );
  });

  it('tells the page, which goes on with what there is', async () => {
    const page = await SessionDriver.open('webgl');
    expect(page.all('ready')[0].capabilities.backend).toBe('wasm');
    expect(page.all('notice').map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "WebGL 2 shaders cannot be used: this browser has no canvas in workers.",
      ]
    `);
    await page.send({ kind: 'init', version: 7, backend: 'auto' });
    expect(page.all('error').map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "The page speaks protocol 7, the worker 1.",
      ]
    `);
  });
});
