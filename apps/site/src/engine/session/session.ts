import type { BackendKey, FromWorker, Speed, ToWorker } from '../../protocol/messages.js';
import { protocolVersion } from '../../protocol/messages.js';
import type { BackendChoice } from '../backends/backendTable.js';
import { type OpenedBackend, openBackend } from '../backends/openBackend.js';
import { EngineError } from '../engineError.js';
import type { Outcome } from '../run/duel.js';
import { buffersOf } from './frameMaker.js';
import { Pace } from './pace.js';
import { RateMeter } from './rateMeter.js';
import { Run } from './run.js';
import { Turns } from './turns.js';

/** Milliseconds of training between two looks at the messages. */
const sliceMs = 8;
/** Part of a slice that one scan is meant to take. */
const scanMs = 4;
/** Milliseconds between two frames of a run that goes on: 20 a second. */
const frameMs = 50;
/** Longest wait of a paced run, so that a control message acts at once. */
const longestWaitMs = 20;
/** A frame may take a third of the time of training at most. */
const pictureShare = 3;

export interface SessionHost {
  post(message: FromWorker, transfer: readonly ArrayBuffer[]): void;
  /** Lets waiting messages in, and goes on after `ms` at the earliest. */
  pause(ms: number): Promise<void>;
  now(): number;
  readonly backends: { readonly [K in BackendKey]: BackendChoice };
}

type Handlers = {
  readonly [K in ToWorker['kind']]: (message: Extract<ToWorker, { kind: K }>) => Promise<void>;
};

interface Playing {
  readonly run: Run;
  readonly pace: Pace;
  /** Step at which a 'step' message ends. */
  readonly until: number;
}

/** What stands behind the worker: messages in, messages out, training in slices between them. */
export class Session {
  private readonly host: SessionHost;
  private readonly turns = new Turns();
  private readonly meter = new RateMeter();
  private opened: OpenedBackend | undefined;
  private run: Run | undefined;
  private wantedRun = 0;
  private playing: Playing | undefined;
  private msPerStep = 0.1;
  private frameCostMs = 0;

  constructor(host: SessionHost) {
    this.host = host;
  }

  /** Resolves when the message has been answered; a run that it starts goes on by itself. */
  async receive(message: ToWorker): Promise<void> {
    this.act(message);
    const handler = this.handlers[message.kind] as (message: ToWorker) => Promise<void>;
    await this.turns.take(() => this.guarded('run' in message ? message.run : 0, () => handler(message)));
  }

  /** What cannot wait for the end of a slice. */
  private act(message: ToWorker): void {
    if (message.kind === 'configure') this.wantedRun = message.run;
    if (message.kind === 'configure' || message.kind === 'init' || message.kind === 'dispose')
      this.playing = undefined;
  }

  private readonly handlers: Handlers = {
    init: async ({ version, backend }) => {
      if (version !== protocolVersion)
        throw new EngineError(
          'protocol',
          `The page speaks protocol ${version}, the worker ${protocolVersion}.`,
          false,
        );
      this.close();
      this.opened = await openBackend(this.host.backends, backend);
      const { capabilities, notices } = this.opened;
      this.post({ kind: 'ready', version: protocolVersion, capabilities });
      for (const text of notices) this.post({ kind: 'notice', run: 0, text });
    },
    configure: async ({ run: id, settings, views, points }) => {
      if (id !== this.wantedRun) return;
      this.run?.dispose();
      this.run = undefined;
      this.run = await Run.create(id, this.requireBackend().backend, settings, views, points);
      this.meter.clear();
      this.post(this.run.configured());
      await this.trainSilently(this.run, settings.silentSteps);
      await this.sendFrame(this.run, true);
    },
    run: async ({ run, speed }) => this.play(this.requireRun(run), speed, Number.POSITIVE_INFINITY),
    pause: async ({ run }) => {
      const one = this.requireRun(run);
      if (this.playing) this.finish(one, { kind: 'going' });
    },
    step: async ({ run, count }) => {
      const one = this.requireRun(run);
      this.play(one, 'max', one.duel.step + count);
    },
    set: async ({ run, settings, speed, views }) => {
      const one = this.requireRun(run);
      if (settings) one.duel.change(settings);
      if (speed !== undefined) this.playing?.pace.set(speed, this.host.now());
      if (views) one.show(views);
      await this.sendIfStill(one);
    },
    drawn: async ({ run, buffers }) => {
      if (run !== this.run?.id) return;
      this.run.pool.give(buffers);
      this.run.hasCredit = true;
      await this.sendIfStill(this.run);
    },
    probe: async () => {},
    edit: async () => {},
    snapshot: async () => {},
    restore: async () => {},
    export: async () => {},
    import: async () => {},
    repeat: async () => {},
    dispose: async () => this.close(),
  };

  private play(run: Run, speed: Speed, until: number): void {
    const isGoing = this.playing !== undefined;
    this.playing = { run, pace: new Pace(speed, this.host.now()), until };
    this.meter.clear();
    if (!isGoing) void this.loop();
  }

  private async loop(): Promise<void> {
    while (this.playing) {
      const { run, pace } = this.playing;
      await this.turns.take(() => this.guarded(run.id, () => this.slice()));
      if (this.playing) await this.host.pause(Math.min(longestWaitMs, pace.wait(this.host.now())));
    }
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
    if (outcome.kind !== 'going' || run.duel.step >= until) return this.finish(run, outcome);
    await this.sendFrameInTurn(run);
  }

  private async sendFrameInTurn(run: Run): Promise<void> {
    const since = this.host.now() - run.lastFrameMs;
    if (since >= Math.max(frameMs, pictureShare * this.frameCostMs)) await this.sendFrame(run, false);
  }

  /** Ends what is playing and says why. */
  private async finish(run: Run, outcome: Outcome): Promise<void> {
    this.playing = undefined;
    const { step } = run.duel;
    if (outcome.kind === 'diverged') {
      const { side, layer, tensor } = outcome;
      this.post({ kind: 'diverged', run: run.id, step: outcome.step, contestant: side, layer, tensor });
    } else {
      const reason = outcome.kind === 'going' ? 'paused' : outcome.kind;
      this.post({ kind: 'done', run: run.id, step, reason });
    }
    run.isStale = true;
    await this.sendFrame(run, true);
  }

  private async sendIfStill(run: Run): Promise<void> {
    if (!this.playing) await this.sendFrame(run, true);
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

  private async trainSilently({ duel }: Run, steps: number): Promise<void> {
    while (duel.step < steps) if ((await duel.advance(steps - duel.step)).kind !== 'going') return;
  }

  private requireBackend(): OpenedBackend {
    if (!this.opened) throw new EngineError('protocol', "A message came before 'init'.");
    return this.opened;
  }

  private requireRun(id: number): Run {
    if (this.run?.id === id) return this.run;
    throw new EngineError('protocol', `There is no run ${id}: it was replaced, or never configured.`);
  }

  private async guarded(run: number, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.playing = undefined;
      const { code, message, isRecoverable } =
        error instanceof EngineError
          ? error
          : { code: 'internal' as const, message: textOf(error), isRecoverable: true };
      this.post({ kind: 'error', run, code, text: message, isRecoverable });
    }
  }

  private post(message: FromWorker): void {
    this.host.post(message, []);
  }

  private close(): void {
    this.run?.dispose();
    this.run = undefined;
    this.opened?.backend.dispose();
    this.opened = undefined;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0] : String(error);
}
