import type {
  BackendKey,
  BackendWish,
  Frame,
  FromWorker,
  ToWorker,
  ViewWish,
} from '../../protocol/messages.js';
import type { Settings } from '../../state/settings.js';
import { defaultSettings } from '../../state/settings.js';
import { createPauses } from '../../worker/pauses.js';
import { type BackendChoice, backendTable } from '../backends/backendTable.js';
import { Session } from '../session/session.js';

export const nothingShown: ViewWish = {
  grid: 0,
  extent: 1,
  weights: false,
  residuals: false,
  units: false,
  formula: false,
};

type Kind = FromWorker['kind'];
type Of<K extends Kind> = Extract<FromWorker, { kind: K }>;
export type Table = { readonly [K in BackendKey]: BackendChoice };

/** The page's side of a session in this process: messages in, messages out, nothing between. */
export class SessionDriver {
  readonly received: FromWorker[] = [];
  /** Frames are answered with `drawn` at once, their buffers detached as a transfer does. */
  drawsAtOnce = true;
  private readonly session: Session;
  private readonly waiting: { readonly kind: Kind; readonly resolve: (message: FromWorker) => void }[] = [];

  constructor(backends: Table = backendTable) {
    this.session = new Session({
      post: (message, transfer) => this.take(structuredClone(message, { transfer: [...transfer] })),
      pause: createPauses(),
      now: () => performance.now(),
      backends,
    });
  }

  static async open(backend: BackendWish = 'wasm', backends?: Table): Promise<SessionDriver> {
    const driver = new SessionDriver(backends);
    await driver.send({ kind: 'init', version: 1, backend });
    return driver;
  }

  send(message: ToWorker): Promise<void> {
    return this.session.receive(message);
  }

  configure(run: number, settings: Partial<Settings> = {}, views: Partial<ViewWish> = {}): Promise<void> {
    return this.send({
      kind: 'configure',
      run,
      settings: { ...defaultSettings, ...settings },
      views: { ...nothingShown, ...views },
    });
  }

  /** The next message of a kind from now on. */
  next<K extends Kind>(kind: K): Promise<Of<K>> {
    return new Promise((resolve) => {
      this.waiting.push({ kind, resolve: (message) => resolve(message as Of<K>) });
    });
  }

  /** Trains to the end, sees its frame, and returns the message that says so. */
  async runToEnd(run: number, speed: number | 'max' = 'max'): Promise<Of<'done'> | Of<'diverged'>> {
    const end = Promise.race([this.next('done'), this.next('diverged'), this.next('error')]);
    await this.send({ kind: 'run', run, speed });
    const message = await end;
    if (message.kind === 'error') throw new Error(message.text);
    if (this.drawsAtOnce) await this.send({ kind: 'drawn', run, buffers: [] });
    return message;
  }

  all<K extends Kind>(kind: K): Of<K>[] {
    return this.received.filter((message): message is Of<K> => message.kind === kind);
  }

  get frames(): Frame[] {
    return this.all('frame');
  }

  get lastFrame(): Frame {
    return this.frames.at(-1) as Frame;
  }

  /** The curves that all frames of a run together hold. */
  curve(run: number): number[] {
    return this.frames.filter((frame) => frame.run === run).flatMap(({ history }) => Array.from(history));
  }

  close(): Promise<void> {
    return this.send({ kind: 'dispose' });
  }

  private take(message: FromWorker): void {
    this.received.push(message);
    for (const one of this.waiting.filter(({ kind }) => kind === message.kind)) {
      this.waiting.splice(this.waiting.indexOf(one), 1);
      one.resolve(message);
    }
    if (message.kind === 'frame' && this.drawsAtOnce)
      void this.send({ kind: 'drawn', run: message.run, buffers: [message.history.buffer as ArrayBuffer] });
  }
}
