import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomNetwork } from '../testing/randomNetwork.js';
import { buildNetwork } from './buildNetwork.js';
import { planNetwork } from './planNetwork.js';
import { rivalPlan } from './rivalPlan.js';

const widths = fc.constantFrom(
  { inputs: 2, outputs: 1 },
  { inputs: 3, outputs: 1 },
  { inputs: 5, outputs: 4 },
);

describe('rivalPlan', () => {
  it('gives the ring two hidden units, 9 parameters', () => {
    const plan = rivalPlan({ kind: 'auto', factor: 1 }, 6, { inputs: 2, outputs: 1 });
    expect(plan.map(({ layer, config }) => [layer, config])).toEqual([
      ['dense', { units: 2, activation: 'tanh' }],
      ['dense', { units: 1 }],
    ]);
    expect(buildNetwork(plan, 2).parameters).toBe(9);
  });

  it('is never below ours, and no hidden unit larger than it must be, on 200 random networks', () => {
    fc.assert(
      fc.property(randomNetwork, widths, fc.constantFrom(1, 2, 4), (network, { inputs, outputs }, factor) => {
        const ours = buildNetwork(planNetwork(network, { inputs, outputs }), inputs);
        // What the page says is what the records hold, counted by their closed form
        const counted = ours.layers.reduce(
          (sum, { spec, config, inputShape }) =>
            sum + spec.parameterCount({ ...spec.defaults, ...config }, [inputShape]),
          0,
        );
        expect(ours.parameters).toBe(counted);
        expect(ours.outputs).toBe(outputs);
        const asked = factor * ours.parameters;
        const plan = rivalPlan({ kind: 'auto', factor }, ours.parameters, { inputs, outputs });
        const rival = buildNetwork(plan, inputs);
        expect(rival.parameters).toBeGreaterThanOrEqual(asked);
        const [{ config }] = plan;
        const oneLess = rival.parameters - (inputs + 1 + outputs);
        expect(config.units === 1 || oneLess < asked).toBe(true);
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});
