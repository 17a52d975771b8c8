import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyLayerModel } from '../testing/everyLayer.js';
import { useBackend } from '../testing/tfjsBackends.js';
import { fileHandler } from './fileHandler.js';

const packageDirectory = fileURLToPath(new URL('../..', import.meta.url));
const isBuilt = existsSync(join(packageDirectory, 'dist/node.js'));
if (!isBuilt)
  console.warn(
    'newProcess.test.ts is SKIPPED: packages/layers/dist is missing; run npm test at the root, which builds first',
  );

const values = [0.5, -1.25, 2, 0.125, -0.75, 1, 0.0625, -2];

/** Runs on the built package, in a process that shares nothing with this one. */
const loader = `
  import '@tensorflow/tfjs-backend-cpu';
  import { setBackend, tensor } from '@tensorflow/tfjs-core';
  import { loadLayersModel } from '@tensorflow/tfjs-layers';
  import { registerLayers } from '@polyneuron/layers';
  import { fileHandler } from '@polyneuron/layers/node';
  await setBackend('cpu');
  registerLayers();
  const model = await loadLayersModel(fileHandler(process.env.MODEL_DIRECTORY));
  const y = model.predict(tensor(${JSON.stringify(values)}, [2, 4]));
  process.stdout.write(Buffer.from(y.dataSync().slice().buffer).toString('hex'));
`;

describe.skipIf(!isBuilt)('a saved model in a new process', () => {
  const directory = mkdtempSync(join(tmpdir(), 'polyneuron-layers-'));
  beforeAll(() => useBackend('cpu'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('predicts the same bits with every layer of the package', async () => {
    const model = everyLayerModel();
    await model.save(fileHandler(directory));
    const y = model.predict(tensor(values, [2, 4])) as Tensor;
    const here = Buffer.from(y.dataSync().slice().buffer).toString('hex');
    const there = execFileSync(process.execPath, ['--input-type=module', '--eval', loader], {
      cwd: packageDirectory,
      env: { ...process.env, MODEL_DIRECTORY: directory },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(there.slice(-here.length)).toBe(here);
  });
});
