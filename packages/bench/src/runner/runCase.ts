import type { BenchCase } from '../cases/benchCase.js';
import type { Contender, Workload } from '../contenders/contender.js';
import type { OpenedCase, ReferenceValues } from '../programs/caseProgram.js';
import { openCase } from '../programs/openCase.js';
import type { Runtime } from '../remote/runtime.js';
import type { BenchError, BenchResult, MissingEntry } from '../report/benchReport.js';
import { summarize } from '../statistics/summarize.js';
import type { Clock } from './clock.js';
import { type Pace, time, warmUp } from './pace.js';
import { maxErrorOf, whyWrong } from './parity.js';

export interface CaseOptions {
  readonly clock: Clock;
  readonly rounds: number;
  /** For warm-up and rounds of one case, all contenders together. */
  readonly budgetMs: number;
  readonly minimumTimingMs: number;
  readonly onProgress: (event: ProgressEvent) => void;
  readonly signal: AbortSignal | undefined;
  /**
   * This contender takes part twice, and where it does not the first that does: what it differs from itself is noise.
   * default: nobody
   */
  readonly twin?: string;
}

export type Phase = 'open' | 'reference' | 'check' | 'warm-up' | 'rounds';

export interface ProgressEvent {
  /** '*' while contenders open, which is before every case. */
  readonly case: string;
  readonly phase: Phase;
  readonly contender?: string;
  readonly threads?: number;
  readonly runtime?: Runtime;
  /** Rounds that are over, and all of them. */
  readonly round?: number;
  readonly rounds?: number;
}

export interface CaseOutcome {
  readonly results: readonly TimedResult[];
  readonly errors: readonly BenchError[];
  readonly missing: readonly MissingEntry[];
  readonly twins?: Twins;
}

/** Timings of a contender and of itself again. */
export interface Twins {
  readonly case: string;
  readonly contender: string;
  readonly threads: number;
  readonly timings: readonly [readonly number[], readonly number[]];
}

/** A result before it is compared with a baseline and a peak. */
export interface TimedResult {
  readonly result: BenchResult;
  /** Time of one run, per round. */
  readonly timings: readonly number[];
}

/** Rounds that are run even where the budget is spent: fewer say nothing about spread. */
const minimumRounds = 5;
const warmUpShare = 0.4;

interface Entrant {
  readonly contender: Contender;
  readonly workload: Workload;
  readonly firstCallMs: number;
  readonly maxError: number;
  pace: Pace;
  readonly timings: number[];
  memoryBytes?: number | undefined;
}

/**
 * One case: every contender must first give the right result; those that do are warmed up, then timed in interleaved
 * rounds, each round starting with another one.
 *
 * A wrong result or an exception ends one contender's part and is reported; the others go on.
 */
export async function runCase(
  benchCase: BenchCase,
  contenders: readonly Contender[],
  options: CaseOptions,
): Promise<CaseOutcome> {
  return new CaseRun(benchCase, contenders, options).run();
}

class CaseRun {
  private readonly benchCase: BenchCase;
  private readonly contenders: readonly Contender[];
  private readonly options: CaseOptions;
  private readonly errors: BenchError[] = [];
  private readonly missing: MissingEntry[] = [];
  private entrants: Entrant[] = [];
  /** The one that takes part twice, and its second part. */
  private twins: readonly [Entrant, Entrant] | undefined;

  constructor(benchCase: BenchCase, contenders: readonly Contender[], options: CaseOptions) {
    this.benchCase = benchCase;
    this.contenders = contenders;
    this.options = options;
  }

  async run(): Promise<CaseOutcome> {
    this.report({ phase: 'reference' });
    const opened = openCase(this.benchCase);
    const reference = opened.check.reference();
    try {
      for (const contender of this.contenders) await this.admit(contender, opened, reference);
      if (this.options.twin !== undefined) await this.admitTwin(this.options.twin, opened, reference);
      const started = this.options.clock();
      await this.warmAll(started + warmUpShare * this.options.budgetMs);
      await this.playRounds(started + this.options.budgetMs);
      for (const entrant of this.entrants) entrant.memoryBytes = await entrant.workload.memoryBytes?.();
      const results = this.entrants
        .filter((entrant) => entrant.timings.length > 0 && entrant !== this.twins?.[1])
        .map((entrant) => this.resultOf(entrant, opened));
      const twins = this.timedTwins();
      return { results, errors: this.errors, missing: this.missing, ...(twins && { twins }) };
    } finally {
      for (const { workload } of this.entrants) workload.dispose();
    }
  }

  /** Prepares and checks one contender. */
  private async admit(
    contender: Contender,
    opened: OpenedCase,
    reference: Readonly<Record<string, ReferenceValues>>,
  ): Promise<void> {
    this.report({ phase: 'check' }, contender);
    const { clock } = this.options;
    let workload: Workload | undefined;
    try {
      await contender.activate?.();
      const started = clock();
      const preparation = await contender.prepare(opened);
      if ('unsupported' in preparation) {
        const { unsupported: reason } = preparation;
        this.missing.push({
          case: this.benchCase.name,
          contender: contender.name,
          ...runtimeIn(contender),
          reason,
        });
        return;
      }
      workload = preparation;
      const values = await workload.check();
      const firstCallMs = workload.firstCallMs?.() ?? clock() - started;
      const maxError = maxErrorOf(values, reference);
      const reason = whyWrong(maxError, opened.check);
      if (reason === undefined) {
        const pace = { runs: 1, isStable: false };
        this.entrants.push({ contender, workload, firstCallMs, maxError, pace, timings: [] });
        return;
      }
      this.refuse(contender, reason, maxError, opened.check.tolerance);
    } catch (cause) {
      this.refuse(contender, messageOf(cause), null, null);
    }
    workload?.dispose();
  }

  private async admitTwin(
    name: string,
    opened: OpenedCase,
    reference: Readonly<Record<string, ReferenceValues>>,
  ): Promise<void> {
    const first = this.entrants.find(({ contender }) => contender.name === name) ?? this.entrants[0];
    if (!first) return;
    await this.admit(first.contender, opened, reference);
    const second = this.entrants.at(-1) as Entrant;
    if (second !== first && second.contender === first.contender) this.twins = [first, second];
  }

  private timedTwins(): Twins | undefined {
    if (!this.twins?.every((one) => this.entrants.includes(one) && one.timings.length > 0)) return undefined;
    const [first, second] = this.twins;
    const { name: contender, threads } = first.contender;
    return { case: this.benchCase.name, contender, threads, timings: [first.timings, second.timings] };
  }

  /** One after the other; each may use an equal part of the time that is left. */
  private async warmAll(until: number): Promise<void> {
    const waiting = [...this.entrants];
    for (const [at, entrant] of waiting.entries()) {
      const rest = Math.max(0, until - this.options.clock());
      await this.guarded(entrant, () => this.warm(entrant, rest / (waiting.length - at)));
    }
  }

  private async warm(entrant: Entrant, budgetMs: number): Promise<void> {
    const { clock, minimumTimingMs } = this.options;
    this.report({ phase: 'warm-up' }, entrant.contender);
    await entrant.contender.activate?.();
    const onTiming = () => this.options.signal?.throwIfAborted();
    entrant.pace = await warmUp(entrant.workload, { clock, minimumTimingMs, budgetMs, onTiming });
  }

  private async playRounds(until: number): Promise<void> {
    const { clock, rounds } = this.options;
    for (let round = 0; round < rounds && this.entrants.length > 0; round++) {
      if (round >= minimumRounds && clock() >= until) break;
      const order = rotated(this.entrants, round);
      for (const entrant of order) {
        await this.guarded(entrant, async () => {
          await entrant.contender.activate?.();
          entrant.timings.push((await time(entrant.workload, entrant.pace.runs, clock)) / entrant.pace.runs);
        });
      }
      this.report({ phase: 'rounds', round: round + 1, rounds });
    }
  }

  /** Runs work of one entrant; a failure ends its part and throws its timings away. */
  private async guarded(entrant: Entrant, work: () => Promise<void>): Promise<void> {
    this.options.signal?.throwIfAborted();
    try {
      await work();
    } catch (cause) {
      this.options.signal?.throwIfAborted();
      this.entrants = this.entrants.filter((other) => other !== entrant);
      this.refuse(entrant.contender, messageOf(cause), entrant.maxError, null);
      entrant.workload.dispose();
    }
  }

  private refuse(
    contender: Contender,
    message: string,
    maxError: number | null,
    tolerance: number | null,
  ): void {
    this.errors.push({
      case: this.benchCase.name,
      contender: contender.name,
      threads: contender.threads,
      ...runtimeIn(contender),
      maxError: maxError !== null && Number.isFinite(maxError) ? maxError : null,
      tolerance,
      message,
    });
  }

  private resultOf(entrant: Entrant, { flops, bytes, check }: OpenedCase): TimedResult {
    const { contender, timings, pace, firstCallMs, memoryBytes, maxError } = entrant;
    const { n, ...quantiles } = summarize(timings);
    const result: BenchResult = {
      case: this.benchCase.name,
      suite: this.benchCase.suite,
      ...(this.benchCase.axis && { axis: this.benchCase.axis }),
      contender: contender.name,
      threads: contender.threads,
      ...runtimeIn(contender),
      device: contender.device,
      ...(contender.versions && { versions: contender.versions }),
      unit: this.benchCase.unit,
      ...quantiles,
      samples: n,
      runs: n * pace.runs,
      firstCallMs,
      ...(memoryBytes !== undefined && { memoryBytes }),
      isWarm: pace.isStable,
      flops,
      bytes,
      ...(flops > 0 && quantiles.median > 0 && { gflops: flops / (quantiles.median * 1e6) }),
      maxError,
      tolerance: check.tolerance,
      timings: [...timings],
    };
    return { result, timings };
  }

  private report(event: Omit<ProgressEvent, 'case'>, contender?: Contender): void {
    this.options.signal?.throwIfAborted();
    const who = contender && {
      contender: contender.name,
      threads: contender.threads,
      ...runtimeIn(contender),
    };
    this.options.onProgress({ case: this.benchCase.name, ...event, ...who });
  }
}

function runtimeIn({ runtime }: Contender): Pick<Contender, 'runtime'> {
  return runtime === undefined ? {} : { runtime };
}

function rotated<T>(list: readonly T[], by: number): T[] {
  const from = by % list.length;
  return [...list.slice(from), ...list.slice(0, from)];
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
