import { PolyneuronError } from '@polyneuron/graph';

/** TensorFlow refused a program, or failed in the middle of it; state is what it was before. */
export class TensorflowError extends PolyneuronError {
  constructor(program: string, cause: unknown) {
    const text = cause instanceof Error ? cause.message : String(cause);
    super('TensorflowError', {
      subject: `program '${program}'`,
      expected: 'to run on TensorFlow',
      received: text.replace(/^Session fail to run with error: /, '').split('\n')[0],
      fix: 'keep indices within their table and divisors of whole numbers other than 0; report what else it says',
    });
    this.cause = cause;
  }
}
