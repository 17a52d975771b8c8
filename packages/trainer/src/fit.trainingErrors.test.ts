/** @file Training options that cannot be followed: all of them in one error, with names. */
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { fit, TrainingOptionsError } from './index.js';
import { draws } from './testing/samples.js';

async function failure(args: object): Promise<Error> {
  const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3], name: 'last' })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return fit(model, draws(1).normal(6, 3), draws(2).normal(6, 2), args).then(
    () => new Error('no error'),
    (error: Error) => error,
  );
}

describe('training options', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('are refused all at once', async () => {
    const error = await failure({
      optimiser: { name: 'adamW' },
      optimizer: {
        name: 'adamW',
        rate: 3,
        learningRate: 1e-3,
        beta1: Number.NaN,
        dialect: 'torch',
        clipnorm: 1,
      },
      schedule: { name: 'cosineDecay', initialLearningRate: -1, decaysteps: 3, warmUp: { from: 0 } },
      clipNorm: 1,
      clipValue: 0,
      parameterGroups: {
        higherOrder: { learningRateFactor: -1 },
        bias: { match: { weight: 'b' }, decays: 1 },
      },
    });
    expect(error).toBeInstanceOf(TrainingOptionsError);
    expect(error).toMatchInlineSnapshot(`
      [TrainingOptionsError: fit expected training options that it can follow, got 16 that it cannot.

        optimiser                                        fit has no such argument; did you mean optimizer?
        schedule.decaysteps                              no such option; did you mean decaySteps?
        schedule.initialLearningRate                     expected a finite number of at least 0, got -1
        schedule.decaySteps                              expected a finite number above 0, got nothing
        schedule.warmUp.warmUpSteps                      expected a finite number of at least 0, got nothing
        optimizer.rate                                   adamW takes learningRate, beta1, beta2, epsilon, dialect, weightDecay
        optimizer.beta1                                  expected a finite number of at least 0, got NaN
        optimizer.dialect                                expected one of tfjs, keras, got 'torch'
        optimizer.clipnorm                               clipNorm stands beside optimizer, in the arguments of fit
        optimizer.learningRate                           the schedule sets the rate: leave one of them out
        clipNorm, clipValue                              expected one kind of clipping: each changes what the other measures
        clipValue                                        expected a finite number above 0, got 0
        parameterGroups.higherOrder.learningRateFactor   expected a finite number of at least 0, got -1
        parameterGroups.higherOrder                      no trained weight's record names the group 'higherOrder': give it a match; there are kernel of last, bias of last
        parameterGroups.bias.decays                      no such option; a group takes match, learningRateFactor, decay
        parameterGroups.bias                             it matches no trained weight; there are kernel of last, bias of last

      Fix: correct or leave out the options listed]
    `);
    expect((error as TrainingOptionsError).problems.length).toBe(16);
  });

  it.each([
    ['an unknown optimizer', { optimizer: { name: 'adamm' } }],
    ['an optimizer by its name alone', { optimizer: 'adamW' }],
    ['an optimizer with the options of fit', { optimizer: { name: 'sgd', schedule: {}, clip: { norm: 1 } } }],
    ['words and truth values', { optimizer: { name: 'rmsprop', epsilonPlacement: 'above', centered: 1 } }],
    ['an unknown schedule', { schedule: { name: 'cosine' } }],
    ['a schedule that is none', { schedule: 0.1 }],
    [
      'a schedule that is not complete',
      { schedule: { name: 'exponentialDecay', staircase: 'yes', alpha: 1 } },
    ],
    ['pieces that do not fit', { schedule: { name: 'piecewiseConstant', boundaries: [2, 1], values: [1] } }],
    [
      'pieces that are no numbers',
      { schedule: { name: 'piecewiseConstant', boundaries: '2', values: [1, '2'] } },
    ],
    ['a warm-up that is none', { schedule: { name: 'constant', learningRate: 1, warmUp: 10 } }],
    ['a clip that is none', { clipGlobalNorm: Number.NaN }],
    ['groups that are none', { parameterGroups: [{ decay: 1 }] }],
    ['a group that is none', { parameterGroups: { higherOrder: 1e-2 } }],
    [
      'a match that is none',
      { parameterGroups: { mine: { match: 'kernel' }, yours: { match: { name: 'a' } } } },
    ],
    [
      'a group without members',
      { parameterGroups: { higherOrder: {}, mine: { match: { layer: /^quad/ } } } },
    ],
    [
      'a weight in two groups',
      { parameterGroups: { mine: { match: { weight: 'bias' } }, all: { match: { layer: 'last' } } } },
    ],
  ])('refuse %s', async (_, args) => {
    const { name, message } = await failure(args);
    expect(`${name}: ${message}`).toMatchSnapshot();
  });
});
