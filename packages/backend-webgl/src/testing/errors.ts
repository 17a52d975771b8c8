import { defineProgram, gather, type Program } from '@polyneuron/graph';
import { tensor } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgl';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import { tensorEngineOf } from '../tfjs/tensorEngine.js';
import { createWebglBackend, webglEntry } from '../webglBackend.js';

const rows: Program = defineProgram({
  name: 'rows',
  inputs: { at: { shape: [2], dtype: 'int32' } },
  state: { table: { shape: [3, 2], dtype: 'float32' } },
  build: ({ inputs: { at }, state: { table } }) => ({ outputs: { y: gather(table, at) } }),
});

const messageOf = async (call: () => unknown) => {
  try {
    await call();
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
};

/** Messages of every error of this package that a caller can cause. */
export async function errorsOf() {
  const webgl = createWebglBackend();
  const executable = await webgl.compile(rows);
  const huge = defineProgram({
    name: 'huge',
    state: { s: { shape: [2 ** 30], dtype: 'float32' } },
    build: ({ state: { s } }) => ({ outputs: {}, updates: { s } }),
  });
  const isAvailable = await webglEntry.probe({});
  const index = await messageOf(() => executable.run({ at: Int32Array.of(0, 3) }));
  const size = await messageOf(async () => (await webgl.compile(huge)).read('s'));
  executable.dispose();
  const disposed = await messageOf(() => executable.run({ at: Int32Array.of(0, 1) }));
  webgl.dispose();
  const afterDispose = await messageOf(() => webgl.compile(rows));
  const noFloats = {
    isContextLost: () => false,
    getExtension: () => null,
  } as unknown as WebGL2RenderingContext;
  const lost = { isContextLost: () => true } as unknown as WebGL2RenderingContext;
  await setBackend('webgl');
  const engine = tensorEngineOf(backend());
  const { state: _, ...stateless } = defineProgram({
    name: 'copy',
    inputs: { x: { shape: [2], dtype: 'float32' } },
    build: ({ inputs: { x } }) => ({ outputs: { y: x } }),
  });
  return {
    isAvailable,
    index,
    size,
    disposed,
    afterDispose,
    noFloats: await messageOf(() => createWebglBackend({ context: noFloats })),
    lost: await messageOf(() => createWebglBackend({ context: lost })),
    state: await messageOf(() => engine.run(rows, {})),
    shape: await messageOf(() => engine.run({ ...stateless, state: {} }, { x: tensor([1, 2, 3]) })),
    noTensor: await messageOf(() => engine.run({ ...stateless, state: {} }, {})),
  };
}
