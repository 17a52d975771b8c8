import type { BenchCase } from '../cases/benchCase.js';
import { benchCases } from '../cases/selectCases.js';
import type { Contender, ContenderSpec, Workload } from '../contenders/contender.js';
import { openCase } from '../programs/openCase.js';
import type {
  AnswerTo,
  Checked,
  ExchangeName,
  Missing,
  NumberedAnswer,
  NumberedRequest,
  Opened,
  Prepared,
  RequestOf,
  Unsupported,
} from './protocol.js';

/** The contenders that a process can open, each in one setting with so many threads. */
export type FindContenders = (threads: number) => Promise<readonly ContenderSpec[]>;

export interface ServingOptions {
  /** default: every case */
  readonly registry?: readonly BenchCase[];
  /** Versions of the runtime itself, which the environment of the report does not have. */
  readonly versions?: () => Readonly<Record<string, string>>;
  /** default: `performance.now` */
  readonly clock?: () => number;
}

/** Answers requests in the process of a contender, in the order in which they come. */
export type Serving = (request: NumberedRequest) => Promise<NumberedAnswer>;

export function serveContenders(find: FindContenders, options: ServingOptions = {}): Serving {
  const server = new ContenderServer(find, options);
  let last: Promise<unknown> = Promise.resolve();
  return (request) => {
    const answer = last.then(() => server.answer(request));
    last = answer;
    return answer;
  };
}

interface OpenWorkload {
  readonly workload: Workload;
  readonly preparedMs: number;
}

type Handlers = { readonly [N in ExchangeName]: (request: RequestOf<N>) => Promise<AnswerTo<N>> };

class ContenderServer {
  private readonly find: FindContenders;
  private readonly options: ServingOptions;
  private readonly clock: () => number;
  private contender: Contender | undefined;
  private readonly workloads = new Map<number, OpenWorkload>();
  private lastWorkload = 0;

  constructor(find: FindContenders, options: ServingOptions) {
    this.find = find;
    this.options = options;
    this.clock = options.clock ?? (() => performance.now());
  }

  /** Never rejects: what is thrown is an answer too. */
  async answer({ id, ...request }: NumberedRequest): Promise<NumberedAnswer> {
    try {
      const handle = this.handlers[request.do] as (request: object) => Promise<AnswerTo<ExchangeName>>;
      return { id, answer: await handle(request) };
    } catch (cause) {
      return { id, error: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  private readonly handlers: Handlers = {
    open: (request) => this.open(request),
    prepare: (request) => this.prepare(request),
    check: ({ workload }) => this.check(this.workloadOf(workload)),
    run: ({ workload, runs }) => this.run(this.workloadOf(workload), runs),
    release: async ({ workload }) => {
      this.workloadOf(workload).workload.dispose();
      this.workloads.delete(workload);
      return {};
    },
  };

  private async open({ contender: name, threads }: RequestOf<'open'>): Promise<Opened | Missing> {
    const spec = (await this.find(threads)).find((one) => one.name === name);
    if (!spec) return { missing: ['this process has no contender of that name'] };
    const { contenders, missing, warnings = [] } = await spec.open();
    const [contender, ...others] = contenders;
    for (const other of others) other.dispose();
    if (!contender) return { missing };
    this.contender = contender;
    return {
      threads: contender.threads,
      device: contender.device,
      versions: { ...contender.versions, ...this.options.versions?.() },
      warnings,
    };
  }

  private async prepare({ case: name }: RequestOf<'prepare'>): Promise<Prepared | Unsupported> {
    const found = (this.options.registry ?? benchCases).find((one) => one.name === name);
    if (!found) return { unsupported: `its process has no case '${name}'` };
    // Drawing the numbers of a case is no part of what a caller waits for
    const opened = openCase(found);
    const contender = await this.activated();
    const started = this.clock();
    const workload = await contender.prepare(opened);
    if ('unsupported' in workload) return { unsupported: workload.unsupported };
    this.lastWorkload++;
    this.workloads.set(this.lastWorkload, { workload, preparedMs: this.clock() - started });
    const { granularity, minimumTimingMs, maximumRuns } = workload;
    return {
      workload: this.lastWorkload,
      ...(granularity !== undefined && { granularity }),
      ...(minimumTimingMs !== undefined && { minimumTimingMs }),
      ...(maximumRuns !== undefined && { maximumRuns }),
    };
  }

  private async check({ workload, preparedMs }: OpenWorkload): Promise<Checked> {
    await this.activated();
    const started = this.clock();
    const values = await workload.check();
    const firstCallMs = preparedMs + this.clock() - started;
    const doubles = Object.entries(values).map(([name, list]) => [name, Float64Array.from(list)] as const);
    return { values: Object.fromEntries(doubles), firstCallMs };
  }

  private async run({ workload }: OpenWorkload, runs: number): Promise<AnswerTo<'run'>> {
    await this.activated();
    const started = this.clock();
    const measured = await workload.run(runs);
    return { elapsedMs: measured ?? this.clock() - started };
  }

  private async activated(): Promise<Contender> {
    if (!this.contender) throw new Error('internal: a case before the contender was opened');
    await this.contender.activate?.();
    return this.contender;
  }

  private workloadOf(id: number): OpenWorkload {
    const found = this.workloads.get(id);
    if (!found) throw new Error(`internal: no workload ${id}`);
    return found;
  }
}
