import {
  type FromWorker,
  protocolVersion,
  type ToWorker,
  type TrialResult,
} from '../../protocol/messages.js';
import { readToWorker } from '../../protocol/readToWorker.js';
import type { Settings } from '../../state/settings.js';
import { type OpenedBackend, openBackend } from '../backends/openBackend.js';
import { EngineError } from '../engineError.js';
import { importNetwork } from '../model/importModel.js';
import type { SessionHost } from './host.js';
import { Player } from './player.js';
import { Repeats } from './repeats.js';
import { edit, exportOf, probe, restore, takeSnapshot } from './requests.js';
import { Run } from './run.js';
import { Turns } from './turns.js';

type Handlers = {
  readonly [K in ToWorker['kind']]: (message: Extract<ToWorker, { kind: K }>) => Promise<void>;
};

/** After these no run of before goes on. */
const endsRuns: ReadonlySet<ToWorker['kind']> = new Set(['init', 'configure', 'dispose']);

/** What stands behind the worker: messages in, messages out, training in slices between them. */
export class Session {
  private readonly host: SessionHost;
  private readonly turns = new Turns();
  private readonly player: Player;
  private readonly repeats: Repeats;
  private opened: OpenedBackend | undefined;
  private run: Run | undefined;
  private wantedRun = 0;
  private isLost = false;

  constructor(host: SessionHost) {
    this.host = host;
    this.player = new Player(host, (run, act) => this.turns.take(() => this.guarded(run, act)));
    this.repeats = new Repeats(host, this.turns);
  }

  /** Resolves when the message has been answered; a run that it starts goes on by itself. */
  async receive(data: unknown): Promise<void> {
    const read = readToWorker(data);
    if (!read.message)
      return this.post({ kind: 'error', run: 0, code: 'protocol', text: read.fault, isRecoverable: true });
    const { message } = read;
    this.act(message);
    const handler = this.handlers[message.kind] as (message: ToWorker) => Promise<void>;
    const run = 'run' in message ? message.run : 0;
    await this.turns.take(() => this.guarded(run, () => handler(message)));
  }

  /** What cannot wait for the end of a slice. */
  private act(message: ToWorker): void {
    if (message.kind === 'configure') this.wantedRun = message.run;
    if (endsRuns.has(message.kind)) this.player.halt();
    if (endsRuns.has(message.kind) || message.kind === 'pause') this.repeats.cancel();
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
      const run = await this.replace(() =>
        Run.create(id, this.requireBackend().backend, settings, views, points),
      );
      await run.trainSilently(settings.silentSteps);
      await this.player.refresh(run);
    },
    run: async ({ run, speed }) => this.player.play(this.requireRun(run), speed),
    pause: async ({ run }) => this.player.pause(this.requireRun(run)),
    step: async ({ run: id, count }) => {
      const run = this.requireRun(id);
      this.player.play(run, 'max', run.duel.step + count);
    },
    set: async ({ run: id, settings, speed, views }) => {
      const run = this.requireRun(id);
      if (settings) run.duel.change(settings);
      if (speed !== undefined) this.player.setSpeed(speed);
      if (views) run.show(views);
      await this.player.refresh(run);
    },
    drawn: async ({ run: id, buffers }) => {
      if (id !== this.run?.id) return;
      this.run.pool.give(buffers);
      this.run.hasCredit = true;
      await this.player.refresh(this.run);
    },
    probe: async (message) => this.post(await probe(this.requireRun(message.run), message)),
    edit: async (message) => {
      const run = this.requireRun(message.run);
      await edit(run, message);
      await this.showChanged(run);
    },
    snapshot: async ({ run: id }) => {
      const snapshot = await takeSnapshot(this.requireRun(id), this.isLost);
      this.post({ kind: 'snapshot', run: id, snapshot });
    },
    restore: async (message) => {
      const run = this.requireRun(message.run);
      await restore(run, message);
      await this.showChanged(run);
    },
    export: async ({ run, contestant }) => this.post(await exportOf(this.requireRun(run), contestant)),
    import: async ({ run: id, model }) => {
      const { duel, views, points } = this.requireRun(id);
      const { network, weights } = importNetwork(model, duel.data);
      const settings = { ...duel.settings, network };
      const run = await this.replace(() =>
        Run.create(id, this.requireBackend().backend, settings, views, points),
      );
      run.duel.contestants[0].write(weights);
      await this.showChanged(run);
    },
    repeat: async ({ run: id, seeds }) => {
      const { settings } = this.requireRun(id).duel;
      const trials = seeds.map((seed) => ({ ...settings, dataSeed: seed, weightSeed: seed }));
      this.startTrials(id, trials, (results, isLast) => ({
        kind: 'repeated',
        run: id,
        results: results.map((result, at) => ({ seed: seeds[at], ...result })),
        isLast,
      }));
    },
    sweep: async ({ run: id, rates }) => {
      const { settings } = this.requireRun(id).duel;
      const trials = rates.map((rate) => ({ ...settings, rate, target: 0 }));
      this.startTrials(id, trials, (results, isLast) => ({
        kind: 'swept',
        run: id,
        results: results.map((result, at) => ({ rate: rates[at], ...result })),
        isLast,
      }));
    },
    dispose: async () => this.close(),
  };

  /** Goes on by itself, between the turns of everything else. */
  private startTrials(
    id: number,
    trials: readonly Settings[],
    toMessage: (results: readonly TrialResult[], isLast: boolean) => FromWorker,
  ): void {
    const { points } = this.requireRun(id);
    const { backend } = this.requireBackend();
    const report = (...given: Parameters<typeof toMessage>) => this.post(toMessage(...given));
    void this.guarded(id, () => this.repeats.start({ backend, trials, points, report }));
  }

  private async replace(make: () => Promise<Run>): Promise<Run> {
    this.requireBackend();
    this.endRun();
    const run = await make();
    this.run = run;
    this.post(run.configured());
    return run;
  }

  private async showChanged(run: Run): Promise<void> {
    run.isStale = true;
    await this.player.refresh(run);
  }

  private requireBackend(): OpenedBackend {
    if (!this.opened) throw new EngineError('protocol', "A message came before 'init'.");
    return this.opened;
  }

  private requireRun(id: number): Run {
    if (this.run?.id === id) return this.run;
    throw new EngineError('protocol', `There is no run ${id}: it was replaced, or never configured.`);
  }

  /** Turns what goes wrong into a message; a lost device comes back by itself where it can. */
  private async guarded(run: number, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      this.player.halt();
      this.repeats.cancel();
      const recovery = this.opened?.choice.recovery;
      const isLoss = recovery?.isLoss(error) === true;
      const { code, text, isRecoverable } = isLoss
        ? {
            code: 'backend-lost' as const,
            text: 'The browser took the graphics device away.',
            isRecoverable: true,
          }
        : faultOf(error);
      this.post({ kind: 'error', run, code, text, isRecoverable });
      if (isLoss && !this.isLost) void this.recover(this.requireBackend());
    }
  }

  private async recover(opened: OpenedBackend): Promise<void> {
    this.isLost = true;
    await opened.choice.recovery?.restored(opened.backend);
    this.isLost = false;
    const { run } = this;
    if (!run || this.opened !== opened) return;
    await this.turns.take(() =>
      this.guarded(run.id, async () => {
        const { step, states } = run.duel.lastScored;
        await run.duel.restore(step, states);
        this.post({
          kind: 'notice',
          run: run.id,
          text: `The device is back; the run stands at step ${step} again.`,
        });
        await this.showChanged(run);
      }),
    );
  }

  private post(message: FromWorker): void {
    this.host.post(message, []);
  }

  /** A 'run' that came before the message that ends it may have begun to play since that was seen. */
  private endRun(): void {
    this.player.halt();
    this.run?.dispose();
    this.run = undefined;
  }

  private close(): void {
    this.endRun();
    this.opened?.backend.dispose();
    this.opened = undefined;
    this.isLost = false;
  }
}

function faultOf(error: unknown): { code: EngineError['code']; text: string; isRecoverable: boolean } {
  if (error instanceof EngineError)
    return { code: error.code, text: error.message, isRecoverable: error.isRecoverable };
  const text = error instanceof Error ? error.message.split('\n')[0] : String(error);
  // Arrays and memories that are too large end as RangeError in every engine
  return { code: error instanceof RangeError ? 'memory' : 'internal', text, isRecoverable: true };
}
