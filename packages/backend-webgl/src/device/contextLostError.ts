import { PolyneuronError } from '@polyneuron/graph';

/** The browser took the WebGL context away: the driver was reset, the machine slept, or another page needed memory. */
export class ContextLostError extends PolyneuronError {
  constructor(subject: string) {
    super('ContextLostError', {
      subject,
      expected: 'a live WebGL context',
      received: 'one that the browser took away',
      fix: 'await backend.whenRestored(), then go on: state is then as it was last written or read',
    });
  }
}
