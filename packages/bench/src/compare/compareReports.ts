import { ValueError } from '@polyneuron/graph';
import { runtimeOf } from '../remote/runtime.js';
import type { BenchReport, BenchResult } from '../report/benchReport.js';
import { noiseFloor } from '../statistics/verdict.js';
import { compareRow, type Pair } from './compareRow.js';
import {
  type ComparedSide,
  type Comparison,
  comparisonVersion,
  nameOf,
  type Unmatched,
} from './comparison.js';
import { describeDoubts, describeResultDoubts, machineDifferences } from './machineDifferences.js';

export interface CompareOptions {
  /** Share of the base's time that a case may become slower by. default 0.1 */
  readonly failOn?: number;
  /**
   * A contender that both reports measured and that did not change, such as 'tfjs-wasm': timings are divided by
   * its timings in the same rounds, which takes off what the machine did to both. Its own rows are left out.
   */
  readonly control?: string;
  /** Takes reports of two machines, which says little. default false */
  readonly allowsOtherMachine?: boolean;
  /** Of the bootstrap. default 1 */
  readonly seed?: number;
}

/** Probability that at least one interval of a comparison misses its ratio. */
const errorRate = 0.05;

/**
 * What became slower or faster from one report to the other, from the timings kept in both. Either side may be several
 * reports, of runs in processes of their own, best taken by turns: their timings are put together.
 *
 * r = min(head) / min(base); a change needs its whole bootstrap interval beyond (1 + failOn) · noise, or below the
 * inverse, where noise is the product of what the two best runs of either side differ by, or an A/A floor that is larger.
 * Intervals are of level 1 - 0.05 / rows (Bonferroni), so that many cases do not make a false alarm likely. With a control,
 * medians of quotients are compared, and all runs of a side must agree.
 *
 * Throws   ValueError on reports of different machines, on results without timings, with nothing in common, or without
 *          the control
 * Source   Kalibera and Jones 2013, Rigorous Benchmarking in Reasonable Time (intervals of ratios; repeated processes)
 *
 * @example
 * compareReports(base, head, { failOn: 0.1 }).rows[0].change // => 'no difference'
 */
export function compareReports(
  base: BenchReport | Reports,
  head: BenchReport | Reports,
  { failOn = 0.1, control, allowsOtherMachine = false, seed = 1 }: CompareOptions = {},
): Comparison {
  const sides: Sides = [listOf(base), listOf(head)];
  const [bases, heads] = sides;
  const [firstBase, firstHead] = [bases[0] as BenchReport, heads[0] as BenchReport];
  const differences = differencesOf(sides);
  if (differences.length > 0 && !allowsOtherMachine) throw otherMachine(differences);
  const pairs = pairsOf(sides);
  const compared = pairs.filter(([[one]]) => one?.contender !== control);
  if (compared.length === 0) throw nothingCommon(firstBase, firstHead, control);
  requireTimings(pairs);
  const measure = { failOn, seed, level: 1 - errorRate / compared.length };
  const rows = compared.map((pair) => {
    const result = pair[0][0] as BenchResult;
    const floors = sides.flat().map((report) => floorOf(report, result.case));
    const controls = control === undefined ? undefined : controlOf(pairs, result, control);
    return compareRow(pair, controls, { ...measure, floors });
  });
  return {
    version: comparisonVersion,
    base: sideOf(bases),
    head: sideOf(heads),
    failOn,
    ...(control !== undefined && { control }),
    rows,
    onlyInBase: unmatched(bases, heads),
    onlyInHead: unmatched(heads, bases),
    warnings: [
      ...differences.map((difference) => `different machines, ${difference}`),
      ...new Set(bases.flatMap((one, at) => describeDoubts(one, heads[at] ?? firstHead))),
      ...new Set(pairs.flatMap(([[a], [b]]) => describeResultDoubts(a as BenchResult, b as BenchResult))),
    ],
  };
}

type Reports = readonly BenchReport[];
type Sides = readonly [bases: Reports, heads: Reports];

function listOf(side: BenchReport | Reports): Reports {
  return Array.isArray(side) ? side : [side as BenchReport];
}

function differencesOf(sides: Sides): string[] {
  const [first, ...others] = sides.flat() as [BenchReport, ...BenchReport[]];
  return [...new Set(others.flatMap((other) => machineDifferences(first.environment, other.environment)))];
}

function isSame(a: BenchResult, b: BenchResult): boolean {
  return a.case === b.case && isSameSetting(a, b) && a.unit === b.unit;
}

type Setting = Pick<BenchResult, 'contender' | 'runtime' | 'threads'>;

/** Reports from before runtimes were told apart are of one runtime, Node. */
function isSameSetting(a: Setting, b: Setting): boolean {
  return a.contender === b.contender && runtimeOf(a) === runtimeOf(b) && a.threads === b.threads;
}

/** What every report of both sides has. */
function pairsOf(sides: Sides): Pair[] {
  return (sides[0][0]?.results ?? []).flatMap((one) => {
    const [base, head] = sides.map((reports) => resultsOf(reports, one)) as unknown as Pair;
    return base.length === sides[0].length && head.length === sides[1].length ? [[base, head] as const] : [];
  });
}

function resultsOf(reports: Reports, wanted: BenchResult): BenchResult[] {
  return reports.flatMap(({ results }) => results.find((one) => isSame(one, wanted)) ?? []);
}

/** In the runtime of what it is a control for, where it was measured there. */
function controlOf(pairs: readonly Pair[], result: BenchResult, control: string): Pair {
  const { case: name } = result;
  const settings = pairs.filter(([[one]]) => one?.case === name && one.contender === control);
  const found = settings.find(([[one]]) => one && runtimeOf(one) === runtimeOf(result)) ?? settings[0];
  if (found) return found;
  throw new ValueError({
    subject: 'bench compare',
    expected: `both reports to have '${control}' on ${name}, to compare with`,
    received: 'none',
    fix: `measure it in both runs: --contenders ...,${control}; or leave the control out`,
  });
}

/** A floor of the case's own A/A twins; 1 where none took part. */
function floorOf({ noise = [] }: BenchReport, name: string): number {
  const floor = noise.find((one) => one.case === name);
  return floor ? noiseFloor(floor) : 1;
}

/** Results of a side's first report that some report of the other lacks. */
function unmatched([from]: Reports, others: Reports): Unmatched[] {
  return (from?.results ?? [])
    .filter((one) => resultsOf(others, one).length < others.length)
    .map((result) => {
      const { case: name, contender, runtime, threads } = result;
      const error = others
        .flatMap(({ errors }) => errors)
        .find((one) => one.case === name && isSameSetting(one, result));
      const absence = others
        .flatMap(({ missing }) => missing)
        .find(
          (one) =>
            one.contender === contender &&
            runtimeOf(one) === runtimeOf(result) &&
            (one.case === name || one.case === '*'),
        );
      const [reason] = (error?.message ?? absence?.reason ?? 'it was not measured').split('\n', 1) as [
        string,
      ];
      return {
        case: name,
        contender,
        ...(runtime && { runtime }),
        threads,
        reason,
        hasFailed: error !== undefined,
      };
    });
}

function sideOf(reports: Reports): ComparedSide {
  const { date, cpu, runtime } = (reports[0] as BenchReport).environment;
  return { runs: reports.length, date, cpu, runtime };
}

function requireTimings(pairs: readonly Pair[]): void {
  const without = pairs.flat(2).find(({ timings = [] }) => timings.length < 2);
  if (!without) return;
  throw new ValueError({
    subject: 'bench compare',
    expected: 'at least two timings of every result, from which intervals are made',
    received: `${without.timings?.length ?? 0} of ${nameOf(without)}`,
    fix: 'measure again with this version, and more than one round',
  });
}

function otherMachine(differences: readonly string[]): ValueError {
  return new ValueError({
    subject: 'bench compare',
    expected: 'two reports of one machine',
    received: differences.join('; '),
    fix: 'measure both on one machine, or compare all the same with --allow-other-machine',
  });
}

function nothingCommon(base: BenchReport, head: BenchReport, control: string | undefined): ValueError {
  const list = ({ results }: BenchReport) =>
    [...new Set(results.map(({ case: name, contender }) => `${name} of ${contender}`))].join(', ') ||
    'nothing';
  return new ValueError({
    subject: 'bench compare',
    expected: `a result that both reports have${control === undefined ? '' : `, besides those of the control '${control}'`}`,
    received: `${list(base)} and ${list(head)}`,
    fix: 'measure the same cases, contenders and threads on both sides',
  });
}
