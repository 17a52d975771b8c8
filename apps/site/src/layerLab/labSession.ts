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

/**
 * The page's side of the worker of a layer page. Pictures go one at a time: while one is under way the last wish
 * waits and earlier ones are forgotten, so that dragging a slider never queues.
 */
export class LabSession {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, (answer: FromLab) => void>();
  private requests = 0;
  private isDrawing = false;
  private wish: Wish | undefined;
  /** Called with each picture. */
  onPicture: (picture: UnitPicture) => void = () => {};
  /** Called once if the worker fails; nothing is answered afterwards. */
  onFailure: (text: string) => void = () => {};

  constructor(worker: Worker) {
    this.worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<FromLab>) => {
      this.waiting.get(data.request)?.(data);
      this.waiting.delete(data.request);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      this.onFailure(event.message || 'the worker could not be loaded');
    });
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
    this.worker.terminate();
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
      this.worker.postMessage({ ...message, request });
    });
  }
}

function unexpected({ kind }: FromLab): string {
  return `internal: the worker answered '${kind}'`;
}
