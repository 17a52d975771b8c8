/** @file A child process that answers JSON lines by JSON lines, one request at a time. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { endWithThisProcess } from './liveChildren.js';
import { PythonPeerError } from './pythonPeerError.js';
import { splitLines } from './splitLines.js';

export interface PythonLaunch {
  /** For messages: 'jax'. */
  readonly name: string;
  /** Interpreter: a name on the path, or a path. */
  readonly command: string;
  /** The script and its arguments. */
  readonly args: readonly string[];
  /** No answer may take longer: the import of a framework, a compilation, one timing. */
  readonly answerLimitMs: number;
}

export type Message = Readonly<Record<string, unknown>>;

/** Characters of standard error that are kept for messages. */
const keptErrors = 2000;
/** Characters of garbage that a message quotes. */
const quoted = 80;
/** Characters of one answer: the weights of the largest case take under 10 million. */
const longestAnswer = 2 ** 28;

const environment = {
  PYTHONDONTWRITEBYTECODE: '1',
  PYTHONIOENCODING: 'utf-8',
  // The peers are measured on the processor, as the rest is.
  CUDA_VISIBLE_DEVICES: '-1',
  JAX_PLATFORMS: 'cpu',
  KERAS_BACKEND: 'tensorflow',
  TF_CPP_MIN_LOG_LEVEL: '3',
};

interface Pending {
  readonly resolve: (message: Message) => void;
  readonly reject: (cause: PythonPeerError) => void;
}

/** Every promise of it settles: by an answer, by the end of the process, or by the time limit, which ends the process. */
export class PythonProcess {
  private readonly launch: PythonLaunch;
  private readonly child: ChildProcessWithoutNullStreams;
  private pending: Pending | undefined;
  private failure: PythonPeerError | undefined;
  private errors = '';

  constructor(launch: PythonLaunch) {
    this.launch = launch;
    this.child = spawn(launch.command, launch.args, { env: { ...process.env, ...environment } });
    endWithThisProcess(this.child);
    this.child.stdout.setEncoding('utf8').on(
      'data',
      splitLines((line) => this.take(line), longestAnswer),
    );
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors = (this.errors + text).slice(-keptErrors);
    });
    // Writing to a process that is gone: its end says why.
    this.child.stdin.on('error', () => {});
    this.child.on('error', (cause) => this.failToStart(cause));
    this.child.on('close', (code, signal) => this.fail(this.describeEnd(code, signal)));
  }

  get isAlive(): boolean {
    return this.failure === undefined;
  }

  /** [] where it did not start. */
  get processIds(): readonly number[] {
    return this.child.pid === undefined ? [] : [this.child.pid];
  }

  /** The next line, which the process writes by itself; call it first. */
  hello(): Promise<Message> {
    return this.nextAnswer();
  }

  async request(message: Message): Promise<Message> {
    const answer = this.nextAnswer();
    if (this.isAlive) this.child.stdin.write(`${JSON.stringify(message)}\n`);
    return answer;
  }

  /** Ends the process, and with it what it is asked. */
  dispose(): void {
    this.fail({ received: 'its end was asked for' });
  }

  private nextAnswer(): Promise<Message> {
    return new Promise<Message>((resolve, reject) => {
      if (this.failure) {
        reject(this.failure);
        return;
      }
      const { answerLimitMs } = this.launch;
      const late = setTimeout(() => {
        this.fail({
          received: `none within ${answerLimitMs / 1000} s`,
          fix: 'run again when the machine is less busy, allow a longer --budget-ms, or leave the contender out',
        });
      }, answerLimitMs);
      const settle = () => {
        clearTimeout(late);
        this.pending = undefined;
      };
      this.pending = {
        resolve: (message) => {
          settle();
          resolve(message);
        },
        reject: (cause) => {
          settle();
          reject(cause);
        },
      };
    });
  }

  private take(line: string): void {
    const message = parseMessage(line);
    if (message && this.pending) this.pending.resolve(message);
    else
      this.fail({
        received: `${message ? 'an answer to no question' : 'no JSON'}: '${excerpt(line)}'`,
        fix: `run ${this.launch.command} by hand and see what prints on standard output`,
      });
  }

  private failToStart(cause: Error): void {
    this.fail({
      received: `no process: ${cause.message}`,
      fix: 'install Python 3.9 or later, or name an interpreter by --python or POLYNEURON_PYTHON',
    });
  }

  private describeEnd(code: number | null, signal: NodeJS.Signals | null) {
    const end = signal === null ? `exit code ${code}` : `signal ${signal}`;
    const [lastLine] = this.errors.trimEnd().split('\n').slice(-1);
    return {
      received: `its end by ${end}${lastLine ? `: ${lastLine.trim()}` : ''}`,
      fix: `see that ${this.launch.command} runs and has ${this.launch.name} with enough memory, or leave the contender out`,
    };
  }

  /** The first failure counts: it is the cause of those that follow. */
  private fail({ received, fix }: { readonly received: string; readonly fix?: string }): void {
    if (this.failure) return;
    const { name, command } = this.launch;
    this.failure = new PythonPeerError({
      subject: `'${name}' in ${command}`,
      expected: 'an answer',
      received,
      ...(fix !== undefined && { fix }),
    });
    this.child.kill('SIGKILL');
    this.pending?.reject(this.failure);
  }
}

function parseMessage(line: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}

function excerpt(line: string): string {
  return line.length > quoted ? `${line.slice(0, quoted)}...` : line;
}
