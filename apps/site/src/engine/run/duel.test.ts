import { type Backend, createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { datasetInfo } from '../../state/datasets.js';
import { defaultSettings, type Settings } from '../../state/settings.js';
import { formulaOf } from '../formula/formulaOf.js';
import { measureOurs, measureRival, seedsOf } from '../measure/measureNetwork.js';
import { measuredSettings } from '../measure/measurePresets.js';
import { measured } from '../measured.js';
import { layersOf } from '../testing/layersOf.js';
import { Duel } from './duel.js';
import { Pictures } from './pictures.js';

const wasm = createWasmBackend();

async function trained(backend: Backend, settings: Settings): Promise<Duel> {
  const duel = await Duel.create(backend, settings);
  for (let outcome = duel.outcome(); outcome.kind === 'going'; ) outcome = await duel.advance(settings.stop);
  return duel;
}

const backends: readonly (readonly [string, Backend])[] = [
  ['wasm', wasm],
  ['the float64 interpreter', createReferenceBackend()],
];

describe.each(backends)('the ring on %s', (_, backend) => {
  it.each(seedsOf(20))(
    'ours reaches 99 % within 100 steps and reads as its formula, the rival does not: seed %i',
    async (seed) => {
      const settings = { ...defaultSettings, target: 99, stop: 100, dataSeed: seed, weightSeed: seed };
      const duel = await trained(backend, settings);
      expect(duel.outcome().kind).toBe('target');
      const [ours, rival] = await duel.scores();
      expect(ours.score).toBeGreaterThanOrEqual(0.99);
      expect(rival.stepsToTarget).toBeUndefined();
      const [{ network }] = duel.contestants;
      const { inputNames } = datasetInfo.ring;
      const formula = await formulaOf({
        network,
        weights: await duel.contestants[0].weights(),
        pictures: new Pictures(backend, network, duel.objective, duel.data),
        data: duel.data,
        inputNames,
        extent: 1,
      });
      expect(formula).toMatchObject({ isExact: true, degree: 2 });
      expect(formula?.largestGap).toBeLessThanOrEqual(1e-5);
    },
  );
});

describe('the figures that the pages print', () => {
  const ring = measured.presets.find(({ preset }) => preset === 'ring');

  it('come again for the ring', async () => {
    expect(await measureOurs(wasm, measuredSettings('ring'), seedsOf(20))).toEqual(ring?.ours);
  });

  it('come again for the rival of the ring at its best rate', async () => {
    const rival = ring?.rivals.find(({ network }) => network === 'd2t');
    const settings = { ...measuredSettings('ring'), rate: rival?.rate ?? 0 };
    expect(await measureRival(wasm, settings, layersOf('d2t'), seedsOf(20))).toEqual(rival);
  });
});

describe('Duel', () => {
  it('keeps one thing from shifting another', async () => {
    const settings = { ...defaultSettings, network: layersOf('q2t') };
    const base = await Duel.create(wasm, settings);
    const noisy = await Duel.create(wasm, { ...settings, noise: 20, rate: 0.01 });
    const reseeded = await Duel.create(wasm, { ...settings, weightSeed: 2 });
    expect(noisy.data.isTest).toEqual(base.data.isTest);
    expect(noisy.data.y).toEqual(base.data.y);
    expect(noisy.data.x).not.toEqual(base.data.x);
    expect(await noisy.contestants[0].weights()).toEqual(await base.contestants[0].weights());
    expect(await noisy.contestants[1].weights()).toEqual(await base.contestants[1].weights());
    expect(reseeded.data.x).toEqual(base.data.x);
    expect(await reseeded.contestants[0].weights()).not.toEqual(await base.contestants[0].weights());
    const other = await Duel.create(wasm, { ...settings, rival: { kind: 'features' } });
    expect(await other.contestants[0].weights()).toEqual(await base.contestants[0].weights());
  });

  it('gives hand-made features the function class of the quadratic neuron', async () => {
    const duel = await trained(wasm, { ...defaultSettings, rival: { kind: 'features' } });
    const [ours, rival] = duel.contestants;
    expect([ours.network.parameters, rival.network.parameters]).toEqual([6, 6]);
    expect((await duel.scores())[1].score).toBeGreaterThanOrEqual(0.99);
  });

  it.each([
    ['decay', { decay: 0.1 }],
    ['clip', { clip: 0.1 }],
    ['momentum', { optimizer: 'momentum' }],
    ['sgd', { optimizer: 'sgd' }],
    ['squared', { loss: 'squared' }],
    ['huber', { loss: 'huber' }],
    ['batch', { batch: 256 }],
  ] as const)('trains otherwise with %s, and as the interpreter does', async (_, change) => {
    const settings: Settings = { ...defaultSettings, ...change, stop: 10, samples: 100 };
    const [plain, ours, reference] = [
      await trained(wasm, { ...defaultSettings, stop: 10, samples: 100 }),
      await trained(wasm, settings),
      await trained(createReferenceBackend(), settings),
    ];
    expect(ours.history.since(0)).not.toEqual(plain.history.since(0));
    expectClose(ours.history.since(0), reference.history.since(0), tolerances.float32.trainingRun);
  });
});
