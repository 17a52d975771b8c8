import { createWasmBackend } from '@polyneuron/backend-wasm';
import { describe, expect, it } from 'vitest';
import { datasetInfo } from '../../state/datasets.js';
import { type DatasetKey, defaultSettings } from '../../state/settings.js';
import { datasetTitles } from '../../state/settingsTable.js';
import { layersOf } from '../testing/layersOf.js';
import { Duel } from './duel.js';

const backend = createWasmBackend();
const sets = (Object.keys(datasetTitles) as DatasetKey[]).filter(
  (key) => datasetInfo[key].task !== undefined && key !== 'glyphs',
);
/** One of each kind; the rival is a dense net of the same size. */
const kinds = ['q2', 'q2r1t', 'x1d2', 'h2', 't3d3', 'c3d4', 'f3', 'd6t'];

describe.each(sets)('%s', (dataset) => {
  it.each(kinds)('is learned by %s: 50 steps with a falling loss and finite weights', async (network) => {
    const duel = await Duel.create(backend, {
      ...defaultSettings,
      dataset,
      network: layersOf(network),
      samples: 100,
      batch: 50,
      rate: 0.03,
      stop: 50,
    });
    for (let outcome = duel.outcome(); outcome.kind === 'going'; ) outcome = await duel.advance(50);
    expect(duel.outcome().kind).toBe('limit');
    const curve = duel.history.since(0);
    expect(curve[curve.length - 5]).toBe(50);
    // The loss on all training samples, at the end below that of the start
    expect(curve[curve.length - 4]).toBeLessThan(curve[1]);
    const states = await duel.states();
    expect(
      states.every((state) => Object.values(state).every((values) => values.every(Number.isFinite))),
    ).toBe(true);
    duel.dispose();
  });
});
