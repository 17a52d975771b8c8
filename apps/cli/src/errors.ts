import { type ErrorFields, PolyneuronError } from '@polyneuron/graph';

/** A command line that asks for something that does not exist or does not fit. */
export class UsageError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('UsageError', fields);
  }
}

/** A file or directory that cannot be written. */
export class OutputError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('OutputError', fields);
  }
}

/** Data that are there but cannot be used: values that are not finite, a set too small for the task. */
export class DataError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('DataError', fields);
  }
}

/** A benchmark in which a contender failed or computed something wrong; its report is written all the same. */
export class MeasurementError extends PolyneuronError {
  constructor(fields: ErrorFields) {
    super('MeasurementError', fields);
  }
}
