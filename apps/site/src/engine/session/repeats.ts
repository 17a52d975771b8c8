import type { Backend } from '@polyneuron/backend';
import type { PointTable, RepeatResult } from '../../protocol/messages.js';
import type { Settings } from '../../state/settings.js';
import { Duel } from '../run/duel.js';
import { bareScore } from './frameMaker.js';
import type { SessionHost } from './host.js';
import type { Turns } from './turns.js';

/** Most steps of one turn; scores come first in the beginning. */
const stepsPerTurn = 100;

export interface RepeatRequest {
  readonly run: number;
  readonly backend: Backend;
  readonly settings: Settings;
  readonly points: PointTable | undefined;
  readonly seeds: readonly number[];
}

/** Runs settings from other seeds, one after the other and without pictures, between the turns of everything else. */
export class Repeats {
  private readonly host: SessionHost;
  private readonly turns: Turns;
  private current: RepeatRequest | undefined;

  constructor(host: SessionHost, turns: Turns) {
    this.host = host;
    this.turns = turns;
  }

  cancel(): void {
    this.current = undefined;
  }

  /** Each seed is that of the data and of the weights. Throws what a run throws. */
  async start(request: RepeatRequest): Promise<void> {
    this.current = request;
    const results: RepeatResult[] = [];
    for (const seed of request.seeds) {
      const result = await this.repeat(request, seed);
      if (this.current !== request || !result) return;
      results.push(result);
      this.host.post(
        {
          kind: 'repeated',
          run: request.run,
          results: [...results],
          isLast: results.length === request.seeds.length,
        },
        [],
      );
    }
    this.current = undefined;
  }

  /** One run from a seed, or undefined where it was cancelled. */
  private async repeat(request: RepeatRequest, seed: number): Promise<RepeatResult | undefined> {
    const { backend, settings, points } = request;
    const own = { ...settings, dataSeed: seed, weightSeed: seed };
    const duel = await this.turns.take(() => Duel.create(backend, own, points));
    try {
      let outcome = duel.outcome();
      while (outcome.kind === 'going') {
        if (this.current !== request) return undefined;
        outcome = await this.turns.take(() => duel.advance(stepsPerTurn));
        await this.host.pause(0);
      }
      const [ours, rival] = await this.turns.take(() => duel.scores());
      return { seed, outcome: outcome.kind, scores: [bareScore(ours), bareScore(rival)] };
    } finally {
      duel.dispose();
    }
  }
}
