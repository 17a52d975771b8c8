import { PolyneuronError } from '@polyneuron/graph';

/** The public functions, as they name themselves in errors. */
export type Operation = 'fit' | 'evaluate' | 'predict' | 'traceModel' | 'traceLayer';

/** A part of a model that has no compiled form. */
export interface UnsupportedPart {
  readonly kind: 'layer' | 'loss' | 'metric' | 'optimizer' | 'regularizer' | 'constraint';
  /** The part's own name: `lstm_LSTM1 (LSTM)`. */
  readonly name: string;
  readonly reason: string;
}

/** Parts of a model that have no compiled form, all of them at once. `model.fit` of tfjs takes them. */
export class UnsupportedModelError extends PolyneuronError {
  readonly parts: readonly UnsupportedPart[];

  constructor(operation: Operation, parts: readonly UnsupportedPart[]) {
    const alternative =
      operation === 'traceLayer' ? '' : `, or use tfjs itself: model.${tfjsOf(operation)}(...)`;
    super('UnsupportedModelError', {
      subject: operation,
      expected: 'a model whose every part has a compiled form',
      received: parts.length === 1 ? '1 part without one' : `${parts.length} parts without one`,
      details: Object.fromEntries(parts.map(({ kind, name, reason }) => [`${kind} ${name}`, reason])),
      fix: `replace the parts listed${alternative}`,
    });
    this.parts = parts;
  }
}

/** One option that cannot be followed. */
export interface OptionProblem {
  /** Its path in the arguments: `schedule.decaySteps`. */
  readonly option: string;
  readonly problem: string;
}

/** Optimizer, schedule, clipping or parameter groups that cannot be followed, all of them at once. */
export class TrainingOptionsError extends PolyneuronError {
  readonly problems: readonly OptionProblem[];

  constructor(problems: readonly OptionProblem[]) {
    super('TrainingOptionsError', {
      subject: 'fit',
      expected: 'training options that it can follow',
      received: problems.length === 1 ? '1 that it cannot' : `${problems.length} that it cannot`,
      // A record keeps one line per name: several problems of one option share it.
      details: Object.fromEntries(
        problems.map(({ option }) => [
          option,
          problems.flatMap((one) => (one.option === option ? one.problem : [])).join('; '),
        ]),
      ),
      fix: 'correct or leave out the options listed',
    });
    this.problems = problems;
  }
}

/** The method of a tfjs model that does the same without a compiled form. */
function tfjsOf(operation: Operation): string {
  return operation === 'traceModel' ? 'fit' : operation;
}

export interface NonFiniteFields {
  /** What was not finite: 'a loss of NaN', 'weights that are not finite'. */
  readonly received: string;
  /** Counted from 0, as callbacks count. */
  readonly epoch: number;
  /** Counted from 0 within the epoch. */
  readonly step: number;
  /** Which weights the model holds now. */
  readonly weights: string;
}

/** Training diverged. The model keeps the last good weights. */
export class NonFiniteLossError extends PolyneuronError {
  readonly epoch: number;
  readonly step: number;

  constructor({ received, epoch, step, weights }: NonFiniteFields) {
    super('NonFiniteLossError', {
      subject: 'fit',
      expected: 'a finite loss',
      received: `${received} in epoch ${epoch}, step ${step} (both counted from 0)`,
      details: { weights },
      fix: 'lower the learning rate, clip gradients (clipGlobalNorm), or scale inputs and targets to about 1',
    });
    this.epoch = epoch;
    this.step = step;
  }
}
