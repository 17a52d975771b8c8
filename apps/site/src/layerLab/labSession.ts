import type {
  DepthRow,
  FromLab,
  GradientReport,
  LabConfig,
  ToLab,
  UnitDescription,
  UnitPicture,
} from './messages.js';

type Request = ToLab extends infer T ? (T extends ToLab ? Omit<T, 'request'> : never) : never;

export type Configured =
  | { readonly unit: UnitDescription; readonly device: string }
  /** Why the record does not take the options. */
  | { readonly refusal: string };

/** What the page draws next, while the worker is at something else. */
interface Wish {
  readonly values: Float64Array;
  readonly output: number;
  readonly extent: number;
}

/** What the session needs of a worker. */
export interface LabPort {
  postMessage(message: ToLab): void;
  onMessage(listener: (answer: FromLab) => void): void;
  onFailure(listener: (text: string) => void): void;
  terminate(): void;
}

/** A worker of the page. */
export function portOf(worker: Worker): LabPort {
  return {
    postMessage: (message) => worker.postMessage(message),
    onMessage: (listener) =>
      worker.addEventListener('message', ({ data }: MessageEvent<FromLab>) => listener(data)),
    onFailure: (listener) =>
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || 'its script could not be loaded');
      }),
    terminate: () => worker.terminate(),
  };
}

/**
 * The page's side of the worker of a layer page. Pictures go one at a time: while one is under way the last wish
 * waits and earlier ones are forgotten, so that dragging a slider never queues.
 */
export class LabSession {
  private readonly port: LabPort;
  private readonly waiting = new Map<number, (answer: FromLab) => void>();
  private requests = 0;
  private isDrawing = false;
  private wish: Wish | undefined;
  /** Called with each picture. */
  onPicture: (picture: UnitPicture) => void = () => {};
  /** Called once if the worker fails; nothing is answered afterwards. */
  onFailure: (text: string) => void = () => {};

  constructor(port: LabPort) {
    this.port = port;
    port.onMessage((answer) => {
      this.waiting.get(answer.request)?.(answer);
      this.waiting.delete(answer.request);
    });
    port.onFailure((text) => this.onFailure(text));
  }

  async configure(layer: string, config: LabConfig, seed: number): Promise<Configured> {
    const answer = await this.ask({ kind: 'configure', layer, config, seed });
    if (answer.kind === 'configured') return { unit: answer.unit, device: answer.device };
    return { refusal: answer.kind === 'refused' ? answer.text : unexpected(answer) };
  }

  draw(wish: Wish): void {
    this.wish = wish;
    if (!this.isDrawing) void this.drawWishes();
  }

  async check(values: Float64Array): Promise<GradientReport | undefined> {
    const answer = await this.ask({ kind: 'check', values });
    return answer.kind === 'checked' ? answer.report : undefined;
  }

  async measureDepth(layer: string): Promise<readonly DepthRow[]> {
    const answer = await this.ask({ kind: 'depth', layer });
    return answer.kind === 'depth' ? answer.rows : [];
  }

  close(): void {
    this.port.terminate();
  }

  private async drawWishes(): Promise<void> {
    this.isDrawing = true;
    while (this.wish) {
      const wish = this.wish;
      this.wish = undefined;
      const answer = await this.ask({ kind: 'draw', ...wish });
      if (answer.kind === 'drawn') this.onPicture(answer.picture);
    }
    this.isDrawing = false;
  }

  private ask(message: Request): Promise<FromLab> {
    const request = ++this.requests;
    return new Promise((resolve) => {
      this.waiting.set(request, resolve);
      this.port.postMessage({ ...message, request } as ToLab);
    });
  }
}

function unexpected({ kind }: FromLab): string {
  return `internal: the worker answered '${kind}'`;
}
