/** @file Losses of one predicted number each; the sample's value is their mean. */
import { abs, add, div, lessEqual, log, log1p, max, mul, select, square, sub } from '@polyneuron/graph';
import { softplus } from '../activations/exponentials.js';
import { lossOfValues } from './define.js';
import type { LossSpec } from './lossSpec.js';
import { epsilon } from './targets.js';

export const meanSquaredError = lossOfValues({
  name: 'meanSquaredError',
  aliases: ['mse', 'MSE', 'mean_squared_error', 'MeanSquaredError'],
  formula: 'mean (p - t)²',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => square(sub(p, t)),
});

export const meanAbsoluteError = lossOfValues({
  name: 'meanAbsoluteError',
  aliases: ['mae', 'MAE', 'mean_absolute_error', 'MeanAbsoluteError'],
  formula: 'mean |p - t|; slope 0 at p = t, where tfjs takes -1',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => abs(sub(p, t)),
});

export const meanAbsolutePercentageError = lossOfValues({
  name: 'meanAbsolutePercentageError',
  aliases: ['mape', 'MAPE', 'mean_absolute_percentage_error', 'MeanAbsolutePercentageError'],
  formula: '100 mean |(t - p) / max(|t|, 1e-7)|',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => mul(abs(div(sub(t, p), max(abs(t), epsilon))), 100),
});

export const meanSquaredLogarithmicError = lossOfValues({
  name: 'meanSquaredLogarithmicError',
  aliases: ['msle', 'MSLE', 'mean_squared_logarithmic_error', 'MeanSquaredLogarithmicError'],
  formula: 'mean (log(1 + max(p, 1e-7)) - log(1 + max(t, 1e-7)))²',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => square(sub(log1p(max(p, epsilon)), log1p(max(t, epsilon)))),
});

/** log cosh e = e + softplus(-2e) - log 2 overflows nowhere. */
export const logcosh = lossOfValues({
  name: 'logcosh',
  aliases: ['logCosh', 'log_cosh', 'LogCosh'],
  formula: 'mean log cosh(p - t)',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => {
    const error = sub(p, t);
    return sub(add(error, softplus(mul(error, -2))), Math.LN2);
  },
});

export const poisson = lossOfValues({
  name: 'poisson',
  aliases: ['Poisson'],
  formula: 'mean (p - t log(p + 1e-7))',
  source: 'tfjs-layers 4.22 losses.ts',
  of: ({ t, p }) => sub(p, mul(t, log(add(p, epsilon)))),
});

/**
 * Huber's loss: e²/2 where |e| <= delta, delta (|e| - delta/2) elsewhere, with e = p - t.
 *
 * The square stands unclipped on its own side, so that derivatives of any order are right at e = 0.
 */
export function huber(delta = 1): LossSpec {
  return lossOfValues({
    name: 'huber',
    aliases: ['huberLoss', 'huber_loss', 'Huber'],
    formula: `mean of |e| <= ${delta} ? e²/2 : ${delta} (|e| - ${delta / 2}), with e = p - t`,
    source: 'Huber 1964; tf.losses.huberLoss',
    of: ({ t, p }) => {
      const error = sub(p, t);
      const size = abs(error);
      return select(lessEqual(size, delta), mul(square(error), 0.5), mul(sub(size, delta / 2), delta));
    },
  });
}
