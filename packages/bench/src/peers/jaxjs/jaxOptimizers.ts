/** @file The optimizers of the step cases in jax-js, with the formulas and defaults of their records. */
import type { Array as JaxArray } from '@jax-js/jax';
import { optimizers } from '@polyneuron/kernels';
import type { PlannedOptimizerName } from '../../cases/benchCase.js';
import type { JaxModule, Weights } from './jaxLayers.js';

/** Slots of an optimizer, each an array per weight or a scalar under a name of its own. */
export type Slots = Readonly<Record<string, JaxArray>>;

interface Optimizer {
  start(jax: JaxModule, weights: Weights): Slots;
  /** Takes everything away that it is given. */
  move(jax: JaxModule, weights: Weights, gradients: Weights, slots: Slots, rate: number): Moved;
}

interface Moved {
  readonly weights: Weights;
  readonly slots: Slots;
}

const { adam, adagrad } = optimizers;

export const jaxOptimizers: { readonly [K in PlannedOptimizerName]: Optimizer } = {
  sgd: {
    start: () => ({}),
    move: (_, weights, gradients, slots, rate) => ({
      weights: mapWeights(weights, (weight, name) => weight.sub(gradients[name].mul(rate))),
      slots,
    }),
  },
  adagrad: {
    start: ({ numpy }, weights) =>
      mapWeights(weights, ({ shape }) => numpy.full(shape, adagrad.defaults.initialAccumulatorValue)),
    move({ numpy }, weights, gradients, slots, rate) {
      const moved: Record<string, JaxArray> = {};
      const sums = mapWeights(weights, (weight, name) => {
        const gradient = gradients[name];
        const sum = slots[name].add(numpy.square(gradient.ref));
        const root = numpy.sqrt(sum.ref.add(adagrad.defaults.epsilon));
        moved[name] = weight.sub(gradient.mul(rate).div(root));
        return sum;
      });
      return { weights: moved, slots: sums };
    },
  },
  adam: {
    start({ numpy }, weights) {
      const { beta1, beta2 } = adam.defaults;
      const slots: Record<string, JaxArray> = {
        power1: numpy.full([], beta1),
        power2: numpy.full([], beta2),
      };
      for (const [name, { shape }] of Object.entries(weights))
        for (const slot of ['m', 'v']) slots[`${slot}:${name}`] = numpy.zeros(shape);
      return slots;
    },
    move({ numpy }, weights, gradients, slots, rate) {
      const { beta1, beta2, epsilon } = adam.defaults;
      const next: Record<string, JaxArray> = {};
      const rest = (power: JaxArray) => numpy.subtract(1, power.ref);
      const moved = mapWeights(weights, (weight, name) => {
        const gradient = gradients[name];
        const m = slots[`m:${name}`].mul(beta1).add(gradient.ref.mul(1 - beta1));
        const v = slots[`v:${name}`].mul(beta2).add(numpy.square(gradient).mul(1 - beta2));
        next[`m:${name}`] = m.ref;
        next[`v:${name}`] = v.ref;
        const root = numpy.sqrt(v.div(rest(slots.power2))).add(epsilon);
        return weight.sub(m.div(rest(slots.power1)).div(root).mul(rate));
      });
      next.power1 = slots.power1.mul(beta1);
      next.power2 = slots.power2.mul(beta2);
      return { weights: moved, slots: next };
    },
  },
};

function mapWeights(weights: Weights, change: (weight: JaxArray, name: string) => JaxArray): Weights {
  return Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, change(weight, name)]));
}
