import type { Backend } from '@polyneuron/backend';
import type { PointTable, TrialResult } from '../../protocol/messages.js';
import type { Settings } from '../../state/settings.js';
import { Duel } from '../run/duel.js';
import { bareScore } from './frameMaker.js';
import type { SessionHost } from './host.js';
import type { Turns } from './turns.js';

/** Most steps of one turn; scores come first in the beginning. */
const stepsPerTurn = 100;

export interface TrialRequest {
  readonly backend: Backend;
  /** A run each, from its start. */
  readonly trials: readonly Settings[];
  readonly points: PointTable | undefined;
  /** Called after each trial, with the results of all so far. */
  readonly report: (results: readonly TrialResult[], isLast: boolean) => void;
}

/** Runs trials one after the other and without pictures, between the turns of everything else. */
export class Repeats {
  private readonly host: Pick<SessionHost, 'pause'>;
  private readonly turns: Turns;
  private current: TrialRequest | undefined;

  constructor(host: Pick<SessionHost, 'pause'>, turns: Turns) {
    this.host = host;
    this.turns = turns;
  }

  cancel(): void {
    this.current = undefined;
  }

  /** Throws what a run throws. */
  async start(request: TrialRequest): Promise<void> {
    this.current = request;
    const results: TrialResult[] = [];
    for (const trial of request.trials) {
      const result = await this.run(request, trial);
      if (this.current !== request || !result) return;
      results.push(result);
      request.report([...results], results.length === request.trials.length);
    }
    this.current = undefined;
  }

  /** One run, or undefined where it was cancelled. */
  private async run(request: TrialRequest, settings: Settings): Promise<TrialResult | undefined> {
    const { backend, points } = request;
    const duel = await this.turns.take(() => Duel.create(backend, settings, points));
    try {
      let outcome = duel.outcome();
      while (outcome.kind === 'going') {
        if (this.current !== request) return undefined;
        outcome = await this.turns.take(() => duel.advance(stepsPerTurn));
        await this.host.pause(0);
      }
      const [ours, rival] = await this.turns.take(() => duel.scores());
      return { outcome: outcome.kind, scores: [bareScore(ours), bareScore(rival)] };
    } finally {
      duel.dispose();
    }
  }
}
