/** @file This side of a process that computes for us: numbered requests, each with its answer or the reason for none. */
import type { AnswerTo, ExchangeName, NumberedAnswer, NumberedRequest, RequestOf } from './protocol.js';
import { RemoteError } from './remoteError.js';

/** What carries messages to one process and back. */
export interface Transport {
  send(request: NumberedRequest): void;
  /** Ends the process at once, whatever it does. */
  end(): void;
  /** Of the processes that compute; [] where that is not known. */
  processIds(): Promise<readonly number[]>;
}

export interface TransportEvents {
  readonly onAnswer: (answer: NumberedAnswer) => void;
  /** The process is gone, or never came: how it ended. */
  readonly onEnd: (how: string) => void;
}

/** Starts a fresh process. What goes wrong is told by `onEnd`. */
export type StartTransport = (events: TransportEvents) => Transport;

export interface RemoteLaunch {
  /** For messages: "'tfjs-wasm' in a process of its own". */
  readonly subject: string;
  readonly start: StartTransport;
  /** No answer may take longer: starting, compiling, one timing. */
  readonly answerLimitMs: number;
  readonly signal?: AbortSignal | undefined;
}

interface Pending {
  readonly resolve: (answer: AnswerTo<ExchangeName>) => void;
  readonly reject: (cause: Error) => void;
}

/** Every promise of it settles: by an answer, by the end of the process, or by the time limit, which ends the process. */
export class RemoteProcess {
  private readonly launch: RemoteLaunch;
  private readonly transport: Transport;
  private readonly signal: AbortSignal | undefined;
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private failure: RemoteError | undefined;
  private readonly onAbort = () => this.fail('the end of the run');

  constructor(launch: RemoteLaunch) {
    this.launch = launch;
    this.transport = launch.start({
      onAnswer: (answer) => this.take(answer),
      onEnd: (how) => this.fail(how, 'run again with more free memory, or leave the contender out'),
    });
    // A signal of its own: Node warns of many listeners on one
    this.signal = launch.signal && AbortSignal.any([launch.signal]);
    if (this.signal?.aborted) this.onAbort();
    else this.signal?.addEventListener('abort', this.onAbort);
  }

  get isAlive(): boolean {
    return this.failure === undefined;
  }

  processIds(): Promise<readonly number[]> {
    return this.transport.processIds();
  }

  ask<N extends ExchangeName>(request: RequestOf<N>): Promise<AnswerTo<N>> {
    return new Promise((resolve, reject) => {
      if (this.failure) {
        reject(this.failure);
        return;
      }
      const id = ++this.lastId;
      const { answerLimitMs } = this.launch;
      const late = setTimeout(() => {
        this.fail(
          `none within ${answerLimitMs / 1000} s`,
          'run again when the machine is less busy, allow a longer --budget-ms, or leave the contender out',
        );
      }, answerLimitMs);
      this.pending.set(id, {
        resolve: (answer) => {
          clearTimeout(late);
          resolve(answer as AnswerTo<N>);
        },
        reject: (cause) => {
          clearTimeout(late);
          reject(cause);
        },
      });
      this.transport.send({ id, ...request } as unknown as NumberedRequest);
    });
  }

  /** Ends the process, and with it what it is asked. */
  dispose(): void {
    this.fail('its end was asked for');
  }

  private take(answer: NumberedAnswer): void {
    const asked = this.pending.get(answer.id);
    if (!asked) {
      this.fail('an answer to no question', 'report it: the process speaks another protocol');
      return;
    }
    this.pending.delete(answer.id);
    if ('error' in answer) asked.reject(new Error(answer.error));
    else asked.resolve(answer.answer);
  }

  /** The first failure counts: it is the cause of those that follow. */
  private fail(received: string, fix?: string): void {
    if (this.failure) return;
    const { subject } = this.launch;
    const failure = new RemoteError({
      subject,
      expected: 'an answer',
      received,
      ...(fix !== undefined && { fix }),
    });
    this.failure = failure;
    this.signal?.removeEventListener('abort', this.onAbort);
    this.transport.end();
    for (const { reject } of this.pending.values()) reject(failure);
    this.pending.clear();
  }
}
