import { type ErrorFields, PolyneuronError } from '@polyneuron/graph';

/** A process of a contender that did not start, ended, or gave no answer in time. */
export class RemoteError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('RemoteError', fields);
  }
}
