import type { PolyneuronError } from '@polyneuron/graph';

/** Adds the line that says where in the user's model an error arose, unless it has one. */
export function locateError(error: PolyneuronError, path: string): PolyneuronError {
  const { message, stack, fix } = error;
  if (/^At: /m.test(message)) return error;
  const located = `${message}\n${fix ? '' : '\n'}At:  ${path}`;
  error.message = located;
  error.stack = stack?.replace(message, () => located);
  return error;
}
