import { type ErrorFields, PolyneuronError } from '@polyneuron/graph';

/** A Python process that did not start, died, gave no answer in time, or answered something else. */
export class PythonPeerError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('PythonPeerError', fields);
  }
}
