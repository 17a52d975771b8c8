/** @file What is said between this process and the one in which a contender computes: plain data, one answer per request. */

export interface Exchanges {
  /** Opens a contender in one setting. */
  readonly open: {
    readonly request: { readonly contender: string; readonly threads: number };
    readonly answer: Opened | Missing;
  };
  /** Opens a case of the registry by name, and prepares it. */
  readonly prepare: {
    readonly request: { readonly case: string };
    readonly answer: Prepared | Unsupported;
  };
  readonly check: { readonly request: Whose; readonly answer: Checked };
  readonly run: {
    readonly request: Whose & { readonly runs: number };
    readonly answer: { readonly elapsedMs: number };
  };
  readonly release: { readonly request: Whose; readonly answer: object };
}

export type ExchangeName = keyof Exchanges;

export type RequestOf<N extends ExchangeName> = { readonly do: N } & Exchanges[N]['request'];
export type AnswerTo<N extends ExchangeName> = Exchanges[N]['answer'];

/** A request under the number that its answer repeats. */
export type NumberedRequest = { readonly id: number } & { [N in ExchangeName]: RequestOf<N> }[ExchangeName];

/** `error` is the message of whatever was thrown. */
export type NumberedAnswer = { readonly id: number } & (
  | { readonly answer: AnswerTo<ExchangeName> }
  | { readonly error: string }
);

export interface Opened {
  readonly threads: number;
  readonly device: string;
  readonly versions?: Readonly<Record<string, string>>;
  /** What makes figures of this runtime doubtful. */
  readonly warnings: readonly string[];
}

export interface Missing {
  readonly missing: readonly string[];
}

export interface Prepared {
  readonly workload: number;
  readonly granularity?: number;
  readonly minimumTimingMs?: number;
  readonly maximumRuns?: number;
}

export interface Unsupported {
  readonly unsupported: string;
}

interface Whose {
  readonly workload: number;
}

export interface Checked {
  readonly values: Readonly<Record<string, Float64Array>>;
  /** Preparing and checking, by the clock of the process that did. */
  readonly firstCallMs: number;
}
