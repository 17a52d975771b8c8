/** @file Every layer of the package, saved here and loaded by a process that shares nothing with this one. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LayerSample } from '@polyneuron/kernels';
import { appliesTo } from '@polyneuron/testing';
import type { Tensor } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layerClasses } from '../layerClasses.js';
import { registerLayers } from '../registerLayers.js';
import type { SpecLayer } from '../specLayer.js';
import {
  describeSample,
  type LayerFactory,
  layerCase,
  oneOrAll,
  scatterWeights,
} from '../testing/layerCase.js';
import { useBackend } from '../testing/tfjsBackends.js';
import { fileHandler } from './fileHandler.js';

const packageDirectory = fileURLToPath(new URL('../..', import.meta.url));
const isBuilt = existsSync(join(packageDirectory, 'dist/node.js'));
if (!isBuilt)
  console.warn(
    'newProcess.test.ts is SKIPPED: packages/layers/dist is missing; run npm test at the root, which builds first',
  );

interface SavedCase {
  readonly className: string;
  readonly factory: LayerFactory;
  readonly sample: LayerSample<object>;
}

const cases: readonly SavedCase[] = layerClasses.flatMap((LayerClass) => {
  const { className, spec } = LayerClass;
  const factory: LayerFactory = (options) =>
    new (LayerClass as unknown as new (options: object) => SpecLayer)(options);
  const samples: readonly LayerSample<object>[] = spec.samples;
  return samples
    .filter((sample) => appliesTo('newProcess', spec as SpecLayer['spec'], sample))
    .map((sample) => ({ className, factory, sample }));
});

/**
 * Runs on the built package: loads the model in each numbered directory, feeds it the inputs of cases.json and prints
 * the bits of its outputs, a line a model.
 */
const loader = `
  import '@tensorflow/tfjs-backend-cpu';
  import { readFileSync } from 'node:fs';
  import { join } from 'node:path';
  import { setBackend, tensor } from '@tensorflow/tfjs-core';
  import { loadLayersModel } from '@tensorflow/tfjs-layers';
  import { registerLayers } from '@polyneuron/layers';
  import { fileHandler } from '@polyneuron/layers/node';
  await setBackend('cpu');
  registerLayers();
  const directory = process.env.MODEL_DIRECTORY;
  const cases = JSON.parse(readFileSync(join(directory, 'cases.json'), 'utf8'));
  const lines = [];
  for (const [at, feeds] of cases.entries()) {
    let line;
    try {
      const model = await loadLayersModel(fileHandler(join(directory, String(at))));
      const inputs = feeds.map(({ values, shape }) => tensor(values, shape));
      const y = model.predict(inputs.length === 1 ? inputs[0] : inputs);
      line = Buffer.from(y.dataSync().slice().buffer).toString('hex');
    } catch (error) {
      line = String(error.message).split('\\n')[0];
    }
    lines.push('output ' + at + ' ' + line);
  }
  process.stdout.write(lines.join('\\n') + '\\n');
`;

describe.skipIf(!isBuilt)('a saved model in a new process', () => {
  const directory = mkdtempSync(join(tmpdir(), 'polyneuron-layers-'));
  const here: string[] = [];
  let there = new Map<number, string>();

  beforeAll(async () => {
    await useBackend('cpu');
    registerLayers();
    const feeds: { values: number[]; shape: number[] }[][] = [];
    for (const [at, { factory, sample }] of cases.entries()) {
      const { layer, model, feed } = layerCase(factory, sample);
      scatterWeights(layer);
      await model.save(fileHandler(join(directory, String(at))));
      const inputs = feed(2);
      feeds.push(inputs.map((x) => ({ values: Array.from(x.dataSync()), shape: x.shape })));
      const y = model.predict(oneOrAll(inputs)) as Tensor;
      here.push(Buffer.from(y.dataSync().slice().buffer).toString('hex'));
    }
    writeFileSync(join(directory, 'cases.json'), JSON.stringify(feeds));
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', loader], {
      cwd: packageDirectory,
      env: { ...process.env, MODEL_DIRECTORY: directory },
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    there = new Map([...printed.matchAll(/^output (\d+) (.*)$/gm)].map(([, at, line]) => [Number(at), line]));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(
    cases.map(({ className, sample }, at) => ({ title: `${className} ${describeSample(sample)}`, at })),
  )('predicts the same bits: $title', ({ at }) => {
    expect(here[at].length).toBeGreaterThan(0);
    expect(there.get(at)).toBe(here[at]);
  });
});
