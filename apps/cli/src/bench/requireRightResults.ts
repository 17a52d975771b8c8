import { BackendUnavailableError } from '@polyneuron/backend';
import { type BenchReport, contenderLabel } from '@polyneuron/bench';
import { MeasurementError } from '../errors.js';

/**
 * A report that lacks figures is no success, whatever else it holds.
 *
 * Throws   MeasurementError where a contender failed or was wrong, BackendUnavailableError where none took part
 */
export function requireRightResults({ results, errors, missing }: BenchReport): void {
  if (errors.length > 0) {
    throw new MeasurementError({
      subject: 'polyneuron bench',
      expected: 'every contender to compute the right result',
      received: `${errors.length} refused, which the report lists`,
      details: Object.fromEntries(
        errors.map(({ case: name, threads, message, ...who }) => [
          `${name}, ${contenderLabel(who)}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
          message.split('\n', 1)[0] as string,
        ]),
      ),
      fix: 'leave them out with --contenders or --cases; report a wrong result of polyneuron',
    });
  }
  const [first] = missing;
  if (results.length === 0 && first !== undefined) {
    throw new BackendUnavailableError({
      backend: first.contender,
      reason: first.reason,
      remedy: 'name a contender that takes these cases, or `--contenders all`',
    });
  }
}
