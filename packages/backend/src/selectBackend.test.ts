import { describe, expect, it } from 'vitest';
import {
  type BackendEntry,
  BackendUnavailableError,
  createReferenceBackend,
  createRegistry,
  referenceEntry,
  selectBackend,
} from './index.js';

const absent: BackendEntry = {
  name: 'webgl',
  title: 'WebGL',
  priority: 50,
  probe: async () => ({
    available: false,
    reason: 'no WebGL 2 context',
    remedy: 'run in a browser with a GPU',
  }),
  load: async () => createReferenceBackend(),
};
const broken: BackendEntry = {
  name: 'wasm',
  title: 'WebAssembly',
  priority: 60,
  probe: async () => ({ available: true }),
  load: async () => {
    throw new Error('out of memory');
  },
};

describe('createRegistry', () => {
  it('sorts by priority', () => {
    expect(createRegistry([referenceEntry, absent, broken]).entries.map(({ name }) => name)).toEqual([
      'wasm',
      'webgl',
      'reference',
    ]);
  });

  it('rejects two entries of one name', () => {
    expect(() => createRegistry([absent, referenceEntry, absent])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: createRegistry expected distinct backend names other than 'auto', got 'webgl', 'reference', 'webgl'.

      Fix: rename or drop one entry 'webgl']
    `);
    expect(() => createRegistry([{ ...absent, name: 'auto' }])).toThrow('auto');
  });
});

describe('selectBackend', () => {
  it('takes the best that runs and says why the others were passed over', async () => {
    const { backend, passedOver } = await selectBackend(
      createRegistry([referenceEntry, absent, broken]),
      'auto',
    );
    expect(backend.name).toBe('reference');
    expect(passedOver).toMatchInlineSnapshot(`
      [
        {
          "name": "wasm",
          "reason": "an error while loading: out of memory",
          "remedy": "see the cause; choose another backend meanwhile",
        },
        {
          "name": "webgl",
          "reason": "no WebGL 2 context",
          "remedy": "run in a browser with a GPU",
        },
      ]
    `);
  });

  it('hands options to probe and load', async () => {
    const seen: unknown[] = [];
    const entry: BackendEntry = {
      ...referenceEntry,
      probe: async (options) => {
        seen.push(options);
        return { available: true };
      },
      load: async (options) => {
        seen.push(options);
        return createReferenceBackend();
      },
    };
    await selectBackend(createRegistry([entry]), 'reference', { threads: 2 });
    expect(seen).toEqual([{ threads: 2 }, { threads: 2 }]);
  });

  it('never replaces a backend that was named', async () => {
    const registry = createRegistry([absent, broken, referenceEntry]);
    await expect(selectBackend(registry, 'webgl')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'webgl' expected to run here, got no WebGL 2 context.

      Fix: run in a browser with a GPU]
    `);
    await expect(selectBackend(registry, 'wasm')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'wasm' expected to run here, got an error while loading: out of memory.

      Fix: see the cause; choose another backend meanwhile]
    `);
    const error = await selectBackend(registry, 'wasm').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(BackendUnavailableError);
    expect(error).toMatchObject({
      code: 'BackendUnavailableError',
      backend: 'wasm',
      cause: new Error('out of memory'),
    });
  });

  it('lists what it knows', async () => {
    await expect(
      selectBackend(createRegistry([absent, referenceEntry]), 'cuda'),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [ValueError: selectBackend expected one of 'auto', 'webgl', 'reference', got 'cuda'.

      Fix: correct the name, or add the backend to the registry]
    `);
  });

  it('reports every reason when nothing runs', async () => {
    await expect(
      selectBackend(createRegistry([absent, broken]), 'auto'),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'auto' expected to run here, got no backend that does.

        wasm    an error while loading: out of memory; see the cause; choose another backend meanwhile
        webgl   no WebGL 2 context; run in a browser with a GPU

      Fix: follow one of the remedies, or add the reference backend to the registry]
    `);
    await expect(selectBackend(createRegistry([]), 'auto')).rejects.toThrowErrorMatchingInlineSnapshot(`
      [BackendUnavailableError: backend 'auto' expected to run here, got an empty registry.

      Fix: follow one of the remedies, or add the reference backend to the registry]
    `);
  });
});
