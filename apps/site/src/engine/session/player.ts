import type { Speed } from '../../protocol/messages.js';
import type { Outcome } from '../run/duel.js';
import { buffersOf } from './frameMaker.js';
import type { SessionHost } from './host.js';
import { Pace } from './pace.js';
import { RateMeter } from './rateMeter.js';
import type { Run } from './run.js';

/** Milliseconds of training between two looks at the messages. */
const sliceMs = 8;
/** Part of a slice that one scan is meant to take. */
const scanMs = 4;
/** Milliseconds between two frames of a run that goes on: 20 a second. */
const frameMs = 50;
/** Longest wait of a paced run, so that a control message acts at once. */
const longestWaitMs = 20;
/** After a frame so many times its cost goes by before the next. */
const pictureRest = 3;

interface Playing {
  readonly run: Run;
  readonly pace: Pace;
  /** Step at which a 'step' message ends. */
  readonly until: number;
}

/** Does one thing at a time and turns its errors into messages. */
export type TakeTurn = (run: number, act: () => Promise<void>) => Promise<void>;

/** Trains a run in slices of a few milliseconds, at a pace or as fast as it goes, and sends its frames by credit. */
export class Player {
  private readonly host: SessionHost;
  private readonly takeTurn: TakeTurn;
  private readonly meter = new RateMeter();
  private playing: Playing | undefined;
  private isLooping = false;
  private msPerStep = 0.1;
  private frameCostMs = 0;

  constructor(host: SessionHost, takeTurn: TakeTurn) {
    this.host = host;
    this.takeTurn = takeTurn;
  }

  get isPlaying(): boolean {
    return this.playing !== undefined;
  }

  play(run: Run, speed: Speed, until = Number.POSITIVE_INFINITY): void {
    this.playing = { run, pace: new Pace(speed, this.host.now()), until };
    this.meter.clear();
    if (!this.isLooping) void this.loop();
  }

  setSpeed(speed: Speed): void {
    this.playing?.pace.set(speed, this.host.now());
  }

  /** Stops without a word: the run is gone, or an error was reported. */
  halt(): void {
    this.playing = undefined;
  }

  /** Stops where it stands and says so. */
  async pause(run: Run): Promise<void> {
    if (this.playing) await this.finish(run, { kind: 'going' });
  }

  /** Something is other than in the last frame: shows it, unless training goes on and shows it anyway. */
  async refresh(run: Run): Promise<void> {
    if (!this.playing) await this.sendFrame(run, true);
  }

  private async loop(): Promise<void> {
    this.isLooping = true;
    while (this.playing) {
      const { run, pace } = this.playing;
      await this.takeTurn(run.id, () => this.slice());
      if (this.playing) await this.host.pause(Math.min(longestWaitMs, pace.wait(this.host.now())));
    }
    this.isLooping = false;
  }

  /** Trains for a few milliseconds, and sends a frame where one is due. */
  private async slice(): Promise<void> {
    if (!this.playing) return;
    const { run, pace, until } = this.playing;
    const from = this.host.now();
    let outcome: Outcome = run.duel.outcome();
    while (outcome.kind === 'going' && this.playing) {
      const now = this.host.now();
      const due = Math.min(pace.due(now), until - run.duel.step);
      if (due <= 0 || now - from >= sliceMs) break;
      const before = run.duel.step;
      outcome = await run.duel.advance(Math.min(due, Math.max(1, Math.floor(scanMs / this.msPerStep))));
      const steps = run.duel.step - before;
      run.isStale = true;
      pace.take(steps);
      if (steps > 0) this.msPerStep += 0.2 * ((this.host.now() - now) / steps - this.msPerStep);
    }
    this.meter.mark(run.duel.step, this.host.now());
    if (!this.playing) return;
    if (outcome.kind !== 'going' || run.duel.step >= until) return this.finish(run, outcome);
    const since = this.host.now() - run.lastFrameMs;
    if (since >= Math.max(frameMs, pictureRest * this.frameCostMs)) await this.sendFrame(run, false);
  }

  /** Ends what is playing and says why. */
  private async finish(run: Run, outcome: Outcome): Promise<void> {
    this.playing = undefined;
    if (outcome.kind === 'diverged') {
      const { side, layer, tensor, step } = outcome;
      this.host.post({ kind: 'diverged', run: run.id, step, contestant: side, layer, tensor }, []);
    } else {
      const reason = outcome.kind === 'going' ? 'paused' : outcome.kind;
      this.host.post({ kind: 'done', run: run.id, step: run.duel.step, reason }, []);
    }
    run.isStale = true;
    await this.sendFrame(run, true);
  }

  /** Sends a frame where there is credit for one and something to show. */
  private async sendFrame(run: Run, isStill: boolean): Promise<void> {
    if (!run.hasCredit || !run.isStale) return;
    const nowMs = this.host.now();
    const frame = await run.frames.make({
      run: run.id,
      views: run.views,
      nowMs,
      isStill,
      stepsPerSecond: this.meter.stepsPerSecond,
    });
    run.hasCredit = false;
    run.isStale = false;
    run.lastFrameMs = nowMs;
    this.frameCostMs = this.host.now() - nowMs;
    this.host.post(frame, buffersOf(frame));
  }
}
