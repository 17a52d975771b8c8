import type { ExperimentResult } from '../result.js';
import { ruleOf } from './checkRules.js';
import type { Claim } from './claim.js';

/**
 * 'reproduced': the mean over the seeds meets the claim. 'partly': not the mean, but a seed does. 'not': none does.
 * 'not comparable': the figure was published for other images than these.
 */
export type ClaimVerdict = 'reproduced' | 'partly' | 'not' | 'not comparable';

export interface JudgedClaim {
  readonly claim: Claim;
  /** The tolerance in words. */
  readonly tolerance: string;
  readonly published: readonly number[];
  /** One figure per seed. */
  readonly figures: readonly number[];
  /** Of the other contender, where the claim compares with one. */
  readonly others: readonly number[];
  /** Geometric where the check goes by factors. */
  readonly mean: number;
  /** Of the figures: to be added, or where the check goes by factors to be multiplied. */
  readonly spread: number;
  readonly isByFactor: boolean;
  readonly verdict: ClaimVerdict;
}

/** Of a whole experiment: all claims reproduced, some, or none; nothing where no claim could be judged. */
export type ExperimentVerdict = 'reproduced' | 'partly' | 'not' | 'nothing to judge';

/**
 * Holds the results of an experiment, one per seed, against the claims of its document.
 *
 * mean and spread of a check by factors: exp of mean and standard deviation (n − 1) of the logarithms; else their own.
 */
export function judgeClaims(
  claims: readonly Claim[],
  results: readonly ExperimentResult[],
): readonly JudgedClaim[] {
  return claims.map((claim) => {
    const { check } = claim;
    const rule = ruleOf(check);
    const figures = results.map((result) => figureOf(result, claim.contender, claim.metric));
    const others =
      check.kind === 'below' ? results.map((result) => figureOf(result, check.other, claim.metric)) : [];
    const { mean, spread } = describeFigures(figures, rule.isByFactor);
    const otherMean = describeFigures(others, rule.isByFactor).mean;
    const isComparable =
      claim.needs === undefined || results.every((result) => usesImages(result, claim.needs));
    const holds = (figure: number, other: number | undefined) =>
      Number.isFinite(figure) && rule.holds(check, figure, other);
    return {
      claim,
      tolerance: rule.describe(check),
      published: rule.published(check),
      figures,
      others,
      mean,
      spread,
      isByFactor: rule.isByFactor,
      verdict: verdictOf(
        isComparable,
        holds(mean, otherMean),
        figures.some((figure, at) => holds(figure, others[at])),
      ),
    };
  });
}

export function judgeExperiment(judged: readonly Pick<JudgedClaim, 'verdict'>[]): ExperimentVerdict {
  const verdicts = judged.map(({ verdict }) => verdict).filter((verdict) => verdict !== 'not comparable');
  if (verdicts.length === 0) return 'nothing to judge';
  if (verdicts.every((verdict) => verdict === 'reproduced')) return 'reproduced';
  return verdicts.every((verdict) => verdict === 'not') ? 'not' : 'partly';
}

function verdictOf(isComparable: boolean, meanHolds: boolean, someHold: boolean): ClaimVerdict {
  if (!isComparable) return 'not comparable';
  if (meanHolds) return 'reproduced';
  return someHold ? 'partly' : 'not';
}

/** A figure of a contender; NaN where the result has none of this name. */
export function figureOf({ contenders }: ExperimentResult, name: string, metric: string): number {
  const contender = contenders.find((one) => one.name === name);
  if (!contender) return Number.NaN;
  if (metric === 'parameters') return contender.parameters;
  const [first, second] = metric.split(' ');
  const set = second === undefined ? 'test' : (first as keyof typeof contender.metrics);
  return contender.metrics[set]?.[second ?? (first as string)] ?? Number.NaN;
}

function usesImages({ dataset }: ExperimentResult, needed: string | undefined): boolean {
  return dataset.startsWith(`${needed}:`);
}

function describeFigures(
  figures: readonly number[],
  isByFactor: boolean,
): { readonly mean: number; readonly spread: number } {
  // One figure is its own mean, to the last bit, and has no spread
  if (figures.length === 1) return { mean: figures[0] as number, spread: isByFactor ? 1 : 0 };
  const values = isByFactor ? figures.map(Math.log) : figures;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const spread = Math.sqrt(variance);
  return isByFactor ? { mean: Math.exp(mean), spread: Math.exp(spread) } : { mean, spread };
}
