import { PolyneuronError } from '@polyneuron/graph';

export interface BackendUnavailableFields {
  /** Name that was asked for. */
  readonly backend: string;
  readonly reason: string;
  readonly remedy: string;
  /** Further lines: the other candidates and why they were passed over. */
  readonly details?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The backend that was asked for cannot run here. Never replaced by another one silently. */
export class BackendUnavailableError extends PolyneuronError {
  readonly backend: string;
  readonly reason: string;
  readonly remedy: string;

  constructor({ backend, reason, remedy, details, cause }: BackendUnavailableFields) {
    super('BackendUnavailableError', {
      subject: `backend '${backend}'`,
      expected: 'to run here',
      received: reason,
      ...(details && { details }),
      fix: remedy,
    });
    this.backend = backend;
    this.reason = reason;
    this.remedy = remedy;
    if (cause !== undefined) this.cause = cause;
  }
}

/** Use of an executable or a backend after `dispose()`. */
export class DisposedError extends PolyneuronError {
  constructor(subject: string) {
    super('DisposedError', {
      subject,
      expected: 'to be used before dispose()',
      received: 'a call after it',
      fix: 'compile the program again, or dispose later',
    });
  }
}
