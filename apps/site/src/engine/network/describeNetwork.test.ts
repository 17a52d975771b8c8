import { describe, expect, it } from 'vitest';
import type { Rival } from '../../state/settings.js';
import { layersOf } from '../testing/layersOf.js';
import { buildNetwork } from './buildNetwork.js';
import { describeFeatures, describeNetwork, rivalNetwork } from './describeNetwork.js';
import { planNetwork } from './planNetwork.js';
import { rivalPlan } from './rivalPlan.js';

const widths = { inputs: 2, outputs: 1 };
const described = (text: string) =>
  describeNetwork(layersOf(text), buildNetwork(planNetwork(layersOf(text), widths), 2));

describe('describeNetwork', () => {
  it.each([
    ['q1', 'quadratic neuron'],
    ['q4t.q4t', 'quadratic net 4 + 4 + 1'],
    ['d2t', 'dense net 2 + 1'],
    ['d1', 'dense neuron'],
    ['x1.t3', 'cross, taylor net 2 + 3 + 1'],
  ])('calls %s a %s', (text, title) => {
    expect(described(text).title).toBe(title);
  });

  it('shows the head that is added', () => {
    expect(
      described('x1d2t').layers.map(({ layer, units, activation, isHead }) => [
        layer,
        units,
        activation,
        isHead,
      ]),
    ).toEqual([
      ['x', 2, 'tanh', false],
      ['d', 1, 'none', true],
    ]);
    expect(described('q1').layers).toHaveLength(1);
  });

  it('describes rivals', () => {
    const built = (rival: Rival) => buildNetwork(rivalPlan(rival, 6, widths), 2);
    const auto: Rival = { kind: 'auto', factor: 2 };
    expect(rivalNetwork(auto, built(auto))).toEqual(layersOf('d3t'));
    const features: Rival = { kind: 'features' };
    expect(rivalNetwork(features, built(features))).toBeUndefined();
    expect(describeFeatures(built(features)).title).toBe('linear neuron on 5 hand-made features');
  });
});
