import { describe, expect, it } from 'vitest';
import { experiments } from '../experiments.js';
import type { ExperimentResult } from '../result.js';
import type { Check, Claim } from './claim.js';
import { claimSheets } from './claimSheets.js';
import { figureOf, judgeClaims, judgeExperiment } from './judgeClaims.js';

/** A result with two contenders: ours with these errors, a rival with 100. */
function resultWith(mse: number, dataset = 'synthetic-glyphs: 10 images'): ExperimentResult {
  const contender = (name: string, parameters: number, value: number) => ({
    name,
    parameters,
    epochs: 1,
    seconds: 1,
    metrics: {
      train: { mse: value / 2 },
      test: { mse: value, accuracy: 1 - value },
      outOfRange: { mse: 1e9 },
    },
    history: {},
  });
  return {
    id: 'sample',
    title: 'sample',
    summary: '',
    seedDocument: '001',
    backend: 'reference',
    dataset,
    contenders: [contender('ours', 12, mse), contender('rival', 20, 100)],
    published: [],
    figures: [],
  };
}

const claim = (check: Check, more: Partial<Claim> = {}): Claim => ({
  text: 'it is so',
  contender: 'ours',
  metric: 'mse',
  check,
  source: 'nowhere',
  ...more,
});

const verdictOf = (check: Check, figures: readonly number[], more: Partial<Claim> = {}) =>
  judgeClaims(
    [claim(check, more)],
    figures.map((figure) => resultWith(figure)),
  )[0]?.verdict;

describe('judgeClaims', () => {
  it.each([
    [{ kind: 'within', published: 10, factor: 2 }, [5, 10, 20], 'reproduced'],
    [{ kind: 'within', published: 10, factor: 2 }, [10, 1000], 'partly'],
    [{ kind: 'within', published: 10, factor: 2 }, [1, 2], 'not'],
    [{ kind: 'between', low: 1, high: 4, factor: 2 }, [0.5, 8], 'reproduced'],
    [{ kind: 'between', low: 1, high: 4, factor: 2 }, [9], 'not'],
    [{ kind: 'near', published: 0.5, margin: 0.1 }, [0.4, 0.6], 'reproduced'],
    [{ kind: 'near', published: 0.5, margin: 0.1 }, [0.7, 0.8], 'not'],
    [{ kind: 'atMost', published: 1e-8, factor: 10 }, [1e-12, 1e-9], 'reproduced'],
    [{ kind: 'atMost', published: 1e-8, factor: 10 }, [1e-3], 'not'],
    [{ kind: 'below', other: 'rival', factor: 10 }, [1, 2], 'reproduced'],
    [{ kind: 'below', other: 'rival', factor: 10 }, [5, 50], 'partly'],
    [{ kind: 'below', other: 'nobody', factor: 1 }, [1], 'not'],
  ] as const)('%j against %j: %s', (check, figures, expected) => {
    expect(verdictOf(check, figures)).toBe(expected);
  });

  it('a claim made to miss its tolerance says so, by however little', () => {
    expect(verdictOf({ kind: 'within', published: 10, factor: 1 }, [10])).toBe('reproduced');
    expect(verdictOf({ kind: 'within', published: 10, factor: 1 }, [10.001])).toBe('not');
  });

  it('takes geometric means of errors, and arithmetic ones of accuracies', () => {
    const [errors] = judgeClaims(
      [claim({ kind: 'within', published: 1, factor: 2 })],
      [1, 100].map((one) => resultWith(one)),
    );
    // The logarithms 0 and ln 100 have the mean ln 10 and the deviation ln 100 / √2
    expect(errors?.mean).toBeCloseTo(10, 10);
    expect(errors?.spread).toBeCloseTo(100 ** Math.SQRT1_2, 10);
    const near = claim({ kind: 'near', published: 0.5, margin: 1 }, { metric: 'accuracy' });
    const [accuracies] = judgeClaims(
      [near],
      [0.25, 0.75].map((one) => resultWith(one)),
    );
    expect([accuracies?.mean, accuracies?.spread]).toEqual([0.5, Math.sqrt(0.125)]);
    expect(accuracies?.figures).toEqual([0.75, 0.25]);
  });

  it('judges a single seed, whose spread is nothing', () => {
    const [one] = judgeClaims([claim({ kind: 'within', published: 7, factor: 2 })], [resultWith(7)]);
    expect([one?.verdict, one?.spread]).toEqual(['reproduced', 1]);
  });

  it('lets nothing pass that diverged', () => {
    expect(verdictOf({ kind: 'atMost', published: 1, factor: 1 }, [Number.NaN])).toBe('not');
    expect(verdictOf({ kind: 'below', other: 'rival', factor: 1 }, [Number.NaN, 1])).toBe('partly');
  });

  it('does not compare figures of other images', () => {
    const accuracy = claim(
      { kind: 'near', published: 0.9, margin: 0.2 },
      { needs: 'mnist', metric: 'accuracy' },
    );
    const judged = (dataset: string) => judgeClaims([accuracy], [resultWith(0.05, dataset)])[0]?.verdict;
    expect(judged('synthetic-glyphs: 40 images')).toBe('not comparable');
    expect(judged('fashion-mnist: 40 images')).toBe('not comparable');
    expect(judged('mnist: 40 images')).toBe('reproduced');
  });

  it('finds the figures of every set, and the parameters', () => {
    const figures = ['mse', 'train mse', 'outOfRange mse', 'parameters', 'rmse'].map((metric) =>
      figureOf(resultWith(4), 'ours', metric),
    );
    expect(figures).toEqual([4, 2, 1e9, 12, Number.NaN]);
  });
});

describe('judgeExperiment', () => {
  it.each([
    [['reproduced', 'reproduced'], 'reproduced'],
    [['reproduced', 'not comparable'], 'reproduced'],
    [['reproduced', 'not'], 'partly'],
    [['partly'], 'partly'],
    [['not', 'not'], 'not'],
    [['not comparable'], 'nothing to judge'],
    [[], 'nothing to judge'],
  ] as const)('%j: %s', (verdicts, expected) => {
    expect(judgeExperiment(verdicts.map((verdict) => ({ verdict })))).toBe(expected);
  });
});

it('has a sheet for every experiment', () => {
  expect(Object.keys(claimSheets)).toEqual(Object.keys(experiments));
});
