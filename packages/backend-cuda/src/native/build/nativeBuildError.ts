import { type ErrorFields, PolyneuronError } from '@polyneuron/graph';

/** The binding could not be built; nothing was left behind. */
export class NativeBuildError extends PolyneuronError {
  constructor(fields: Omit<ErrorFields, 'subject'>) {
    super('NativeBuildError', { subject: 'native build', ...fields });
  }
}
