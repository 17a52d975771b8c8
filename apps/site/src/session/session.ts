import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { Curve } from '../drawing/curve.js';
import {
  type BackendWish,
  type Capabilities,
  type Contestant,
  type Frame,
  type FromWorker,
  type ModelFiles,
  type PointTable,
  protocolVersion,
  type RepeatResult,
  type Snapshot,
  type Speed,
  type SweepResult,
  type ToWorker,
} from '../protocol/messages.js';
import type { Settings } from '../state/settings.js';
import { FrameGate } from './frameGate.js';
import { Heartbeat } from './heartbeat.js';
import type { Surroundings, WorkerPort } from './surroundings.js';
import { type ViewName, ViewWishes } from './viewWishes.js';

type Message<Kind extends FromWorker['kind']> = Extract<FromWorker, { readonly kind: Kind }>;
export type Configured = Message<'configured'>;
/** How a run ended: of itself, by a pause, or because a value was no longer finite. */
export type Outcome = Message<'done'> | Message<'diverged'>;

/** 'starting': no network yet. 'failed': the worker cannot be had. */
export type Phase = 'starting' | 'idle' | 'running' | 'failed';

export interface SessionOptions {
  readonly surroundings: Surroundings;
  /** Frames a second at most. default 20 */
  readonly frameRate?: number;
  readonly speed?: Speed;
  readonly backend?: BackendWish;
}

const silenceLimitMs = 1000;
const beatEveryMs = 1000;
const hiddenLimitMs = 1000;
const mostRestarts = 3;

/** The page's side of a training worker: what it does now, its latest frame, and what one can ask of it. */
export class Session {
  readonly #phase = signal<Phase>('starting');
  readonly #capabilities = signal<Capabilities | undefined>(undefined);
  readonly #configured = signal<Configured | undefined>(undefined);
  readonly #frame = signal<Frame | undefined>(undefined);
  readonly #outcome = signal<Outcome | undefined>(undefined);
  readonly #notices = signal<readonly string[]>([]);
  readonly #failure = signal<Message<'error'> | undefined>(undefined);
  readonly #probed = signal<Message<'probed'> | undefined>(undefined);
  readonly #repeats = signal<readonly RepeatResult[]>([]);
  readonly #sweep = signal<readonly SweepResult[]>([]);
  readonly #isRepeating = signal(false);

  readonly phase: ReadonlySignal<Phase> = this.#phase;
  readonly capabilities: ReadonlySignal<Capabilities | undefined> = this.#capabilities;
  readonly configured: ReadonlySignal<Configured | undefined> = this.#configured;
  /** The latest frame: a plain object, its arrays are read in place and never wrapped. */
  readonly frame: ReadonlySignal<Frame | undefined> = this.#frame;
  readonly outcome: ReadonlySignal<Outcome | undefined> = this.#outcome;
  readonly notices: ReadonlySignal<readonly string[]> = this.#notices;
  readonly failure: ReadonlySignal<Message<'error'> | undefined> = this.#failure;
  readonly probed: ReadonlySignal<Message<'probed'> | undefined> = this.#probed;
  readonly repeats: ReadonlySignal<readonly RepeatResult[]> = this.#repeats;
  readonly sweep: ReadonlySignal<readonly SweepResult[]> = this.#sweep;
  /** Whether seeds are repeated or rates swept. */
  readonly isRepeating: ReadonlySignal<boolean> = this.#isRepeating;
  /** Whether a hidden page goes on training; pictures wait until it is shown. */
  readonly keepsTraining = signal(false);
  /** Grows with every frame; read it after `frame` changes. */
  readonly curve = new Curve();

  readonly #surroundings: Surroundings;
  readonly #gate: FrameGate;
  readonly #heart: Heartbeat;
  readonly #wishes = new ViewWishes();
  #frameRate: number;
  #speed: Speed;
  #backend: BackendWish;
  #extent = 1;
  #worker: WorkerPort | undefined;
  #run = 0;
  #restarts = 0;
  #settings: Settings | undefined;
  #points: PointTable | undefined;
  #snapshot: Snapshot | undefined;
  #isRestoring = false;
  /** What the initial weights of this run are multiplied by. */
  #initialScale = 1;
  #wantsRun = false;
  #isPausedByHiding = false;
  #areWishesStale = false;
  #stopBeating: (() => void) | undefined;
  #exports: ((model: ModelFiles) => void)[] = [];
  readonly #stopWatching: () => void;

  constructor({ surroundings, frameRate = 20, speed = 'max', backend = 'auto' }: SessionOptions) {
    this.#surroundings = surroundings;
    this.#frameRate = frameRate;
    this.#speed = speed;
    this.#backend = backend;
    this.#gate = new FrameGate({
      surroundings,
      rate: () => this.#frameRate,
      show: (frame) => {
        this.#frame.value = frame;
      },
      giveBack: (run, buffers) => this.#send({ kind: 'drawn', run, buffers }, buffers),
    });
    this.#heart = new Heartbeat({
      surroundings,
      limitMs: silenceLimitMs,
      ask: () => this.#send({ kind: 'snapshot', run: this.#run }),
      onSilence: () => this.#restart('The training worker did not answer for 1 s'),
    });
    this.#stopWatching = surroundings.onVisibilityChange(() => this.#followVisibility());
    this.#start();
  }

  /** Whether it trains, or will as soon as there are networks. */
  get isGoingOn(): boolean {
    const phase = this.#phase.peek();
    return phase === 'running' || (phase === 'starting' && this.#wantsRun);
  }

  /** Builds both networks from these settings and their seeds; what ran before is void. */
  configure(settings: Settings, points?: PointTable, initialScale = 1): void {
    this.#settings = settings;
    this.#initialScale = initialScale;
    this.#points = points;
    this.#snapshot = undefined;
    this.#wantsRun = false;
    this.#configureNow();
  }

  /** Trains on, as soon as there are networks. */
  start(speed: Speed = this.#speed): void {
    this.#speed = speed;
    if (this.#phase.value === 'starting') {
      this.#wantsRun = true;
      return;
    }
    if (this.#phase.value !== 'idle') return;
    batch(() => {
      this.#phase.value = 'running';
      this.#outcome.value = undefined;
    });
    this.#sendViews();
    this.#send({ kind: 'run', run: this.#run, speed });
    this.#keepBeating();
  }

  pause(): void {
    this.#wantsRun = false;
    if (this.#phase.value !== 'running') return;
    this.#send({ kind: 'pause', run: this.#run });
    this.#heart.beat();
  }

  step(count = 1): void {
    if (this.#phase.value !== 'idle') return;
    this.#outcome.value = undefined;
    this.#send({ kind: 'step', run: this.#run, count });
    this.#heart.beat();
  }

  setSpeed(speed: Speed): void {
    this.#speed = speed;
    if (this.#phase.value === 'running') this.#send({ kind: 'set', run: this.#run, speed });
  }

  setFrameRate(frameRate: number): void {
    this.#frameRate = frameRate;
  }

  /** Settings whose effect is 'live', of the run as it is. */
  setLive(settings: Partial<Settings>): void {
    if (this.#settings) this.#settings = { ...this.#settings, ...settings };
    if (this.#phase.value !== 'starting') this.#send({ kind: 'set', run: this.#run, settings });
  }

  /** Another backend means another worker: nothing of the old device is kept. */
  useBackend(backend: BackendWish): void {
    this.#backend = backend;
    this.#startAfresh();
  }

  /** The shown square goes from -extent to extent. */
  showExtent(extent: number): void {
    this.#extent = extent;
    this.#sendViewsSoon();
  }

  /** A picture came on screen; returns what takes the wish back. */
  wish(view: ViewName): () => void {
    this.#wishes.add(view);
    this.#sendViewsSoon();
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#wishes.remove(view);
      this.#sendViewsSoon();
    };
  }

  probe(point: readonly number[]): void {
    if (this.#phase.value !== 'starting') this.#send({ kind: 'probe', run: this.#run, point });
  }

  edit(contestant: Contestant, weight: string, index: number, value: number): void {
    this.#send({ kind: 'edit', run: this.#run, contestant, weight, index, value });
    this.#heart.beat();
  }

  exportModel(contestant: Contestant): Promise<ModelFiles> {
    this.#send({ kind: 'export', run: this.#run, contestant });
    return new Promise((resolve) => {
      this.#exports.push(resolve);
    });
  }

  importModel(model: ModelFiles): void {
    this.#send({ kind: 'import', run: this.#run, model });
  }

  repeat(seeds: readonly number[]): void {
    batch(() => {
      this.#repeats.value = [];
      this.#isRepeating.value = true;
    });
    this.#heart.stop();
    this.#send({ kind: 'repeat', run: this.#run, seeds });
  }

  /** Runs the settings at other learning rates. */
  sweepRates(rates: readonly number[]): void {
    batch(() => {
      this.#sweep.value = [];
      this.#isRepeating.value = true;
    });
    this.#heart.stop();
    this.#send({ kind: 'sweep', run: this.#run, rates });
  }

  dismissNotices(): void {
    this.#notices.value = [];
  }

  notify(...texts: readonly string[]): void {
    if (texts.length > 0) this.#notices.value = [...this.#notices.value, ...texts].slice(-6);
  }

  dispose(): void {
    this.#stopWatching();
    this.#stopBeating?.();
    this.#heart.stop();
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #start(): void {
    const worker = this.#surroundings.startWorker({
      // Words of a worker that was terminated meanwhile are void
      onMessage: (message) => this.#worker === worker && this.#receive(message),
      onCrash: (text) => this.#worker === worker && this.#restart(`The training worker stopped: ${text}`),
    });
    this.#worker = worker;
    this.#send({ kind: 'init', version: protocolVersion, backend: this.#backend });
  }

  #configureNow(): void {
    if (!this.#settings) return;
    this.#run += 1;
    this.#gate.reset(this.#run);
    this.#heart.stop();
    this.#stopBeating?.();
    this.curve.clear();
    batch(() => {
      this.#phase.value = 'starting';
      this.#outcome.value = undefined;
      this.#failure.value = undefined;
      this.#probed.value = undefined;
      this.#isRepeating.value = false;
      this.#sweep.value = [];
    });
    if (!this.#capabilities.value) return;
    this.#send({
      kind: 'configure',
      run: this.#run,
      settings: this.#settings,
      views: this.#wishes.read(false, this.#extent),
      ...(this.#points && { points: this.#points }),
    });
  }

  #startAfresh(): void {
    this.#worker?.terminate();
    batch(() => {
      this.#capabilities.value = undefined;
      this.#phase.value = 'starting';
    });
    this.#start();
    this.#configureNow();
  }

  #restart(reason: string): void {
    this.#restarts += 1;
    if (this.#restarts > mostRestarts) {
      this.#worker?.terminate();
      this.#phase.value = 'failed';
      this.notify(`${reason} and was started afresh ${mostRestarts} times: reload the page to try again.`);
      return;
    }
    const { step } = this.#snapshot ?? { step: 0 };
    this.#isRestoring = this.#snapshot !== undefined;
    this.#wantsRun = false;
    this.notify(`${reason}. It was started afresh and stands at step ${step} again.`);
    this.#startAfresh();
  }

  #receive(message: FromWorker): void {
    this.#heart.hear();
    if (message.kind === 'ready') {
      this.#capabilities.value = message.capabilities;
      this.#configureNow();
      return;
    }
    // Of an older run; what concerns none has number 0
    if (message.run !== this.#run && message.run !== 0) return;
    this.#handlers[message.kind](message as never);
  }

  readonly #handlers: {
    readonly [K in Exclude<FromWorker['kind'], 'ready'>]: (message: Message<K>) => void;
  } = {
    configured: (message) => {
      batch(() => {
        this.#configured.value = message;
        this.#phase.value = 'idle';
        this.notify(...message.notices);
      });
      if (this.#isRestoring && this.#snapshot) {
        this.#send({ kind: 'restore', run: this.#run, snapshot: this.#snapshot });
      }
      this.#isRestoring = false;
      if (this.#initialScale !== 1) this.#send({ kind: 'snapshot', run: this.#run });
      else if (this.#wantsRun) this.start();
    },
    frame: (frame) => {
      // After a restored state or an edit the curves come from their beginning
      if (frame.history.length > 0 && frame.history[0] <= this.curve.lastStep) this.curve.clear();
      this.curve.append(frame.history);
      this.#gate.accept(frame);
    },
    probed: (message) => {
      this.#probed.value = message;
    },
    snapshot: ({ snapshot }) => {
      this.#snapshot = snapshot;
      if (this.#initialScale !== 1) this.#scaleStart(snapshot);
    },
    exported: ({ model }) => this.#exports.shift()?.(model),
    repeated: ({ results, isLast }) => {
      batch(() => {
        this.#repeats.value = results;
        this.#isRepeating.value = !isLast;
      });
    },
    swept: ({ results, isLast }) => {
      batch(() => {
        this.#sweep.value = results;
        this.#isRepeating.value = !isLast;
      });
    },
    done: (message) => this.#end(message),
    diverged: (message) => this.#end(message),
    notice: ({ text }) => this.notify(text),
    error: (message) => {
      this.#failure.value = message;
      if (!message.isRecoverable) this.#restart(message.text.replace(/\.$/, ''));
      else if (this.#phase.value === 'running') this.#phase.value = 'idle';
    },
  };

  /** Puts the initial weights back, smaller; optimizer slots are 0 then. */
  #scaleStart(snapshot: Snapshot): void {
    const factor = this.#initialScale;
    this.#initialScale = 1;
    const names = new Set(
      this.#configured.peek()?.contestants.flatMap(({ weights }) => weights.map(({ name }) => name)),
    );
    const scale = (state: Snapshot['state'][0]) =>
      Object.fromEntries(
        Object.entries(state).map(([name, values]) => [
          name,
          names.has(name) ? values.map((value) => factor * value) : values,
        ]),
      );
    const [ours, rival] = snapshot.state;
    this.#send({
      kind: 'restore',
      run: this.#run,
      snapshot: { ...snapshot, state: [scale(ours), scale(rival)] },
    });
    if (this.#wantsRun) this.start();
  }

  #end(outcome: Outcome): void {
    batch(() => {
      this.#phase.value = 'idle';
      this.#outcome.value = outcome;
    });
    this.#stopBeating?.();
    this.#sendViews();
  }

  #keepBeating(): void {
    this.#stopBeating?.();
    this.#stopBeating = this.#surroundings.later(beatEveryMs, () => {
      if (this.#phase.value !== 'running') return;
      this.#heart.beat();
      this.#keepBeating();
    });
  }

  #followVisibility(): void {
    if (!this.#surroundings.isHidden()) {
      if (this.#isPausedByHiding) this.start();
      this.#isPausedByHiding = false;
      return;
    }
    this.#surroundings.later(hiddenLimitMs, () => {
      if (!this.#surroundings.isHidden() || this.#phase.value !== 'running') return;
      if (this.keepsTraining.peek()) return;
      this.#isPausedByHiding = true;
      this.pause();
    });
  }

  /** Several views come and go in one turn of the page: one message tells of all. */
  #sendViewsSoon(): void {
    if (this.#areWishesStale) return;
    this.#areWishesStale = true;
    queueMicrotask(() => {
      this.#areWishesStale = false;
      this.#sendViews();
    });
  }

  #sendViews(): void {
    if (this.#phase.value !== 'idle' && this.#phase.value !== 'running') return;
    const views = this.#wishes.read(this.#phase.value === 'running', this.#extent);
    this.#send({ kind: 'set', run: this.#run, views });
  }

  #send(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker?.send(message, transfer);
  }
}
