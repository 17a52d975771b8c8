import {
  closestName,
  type OptimizerConfig,
  type OptimizerSpec,
  optimizerConfig,
  optimizers,
} from '@polyneuron/kernels';
import { checkNumber, describe, isRecord, type Problems } from './problems.js';

export interface OwnOptimizer {
  readonly spec: OptimizerSpec;
  readonly config: OptimizerConfig;
}

/** Options that stood inside an optimizer in Keras or elsewhere, with where they stand here. */
const elsewhere: Readonly<Record<string, string>> = {
  schedule: 'schedule stands beside optimizer, in the arguments of fit',
  clip: 'clipNorm, clipGlobalNorm and clipValue stand beside optimizer, in the arguments of fit',
  clipnorm: 'clipNorm stands beside optimizer, in the arguments of fit',
  clipvalue: 'clipValue stands beside optimizer, in the arguments of fit',
  global_clipnorm: 'clipGlobalNorm stands beside optimizer, in the arguments of fit',
};

/** The optimizer in the arguments; undefined where it cannot be followed. */
export function readOptimizer(
  given: unknown,
  hasSchedule: boolean,
  problems: Problems,
): OwnOptimizer | undefined {
  const table: readonly OptimizerSpec[] = Object.values(optimizers);
  if (!isRecord(given)) {
    problems.add('optimizer', `expected { name, ...options }, got ${describe(given)}`);
    return undefined;
  }
  const { name, ...options } = given;
  const spec = table.find((one) => [one.name, ...one.aliases].includes(name as string));
  if (!spec) {
    const names = table.map((one) => one.name);
    const closest = typeof name === 'string' ? closestName(name, names) : undefined;
    const advice = closest ? `; did you mean ${closest}?` : '';
    problems.add('optimizer.name', `expected one of ${names.join(', ')}, got ${describe(name)}${advice}`);
    return undefined;
  }
  const before = problems.count;
  for (const [option, value] of Object.entries(options))
    if (value !== undefined) checkOption(spec, option, value, problems);
  if (hasSchedule && options.learningRate !== undefined)
    problems.add('optimizer.learningRate', 'the schedule sets the rate: leave one of them out');
  const isRight = problems.count === before;
  return isRight ? { spec, config: optimizerConfig(spec, options as Partial<OptimizerConfig>) } : undefined;
}

/** What options that are words may say. */
const words: Readonly<Record<string, readonly string[]>> = {
  dialect: ['tfjs', 'keras'],
  epsilonPlacement: ['inside', 'outside'],
};

/** An option is what its default is: a number, a truth value, or one of a few words. */
function checkOption(spec: OptimizerSpec, option: string, value: unknown, problems: Problems): void {
  const standard = (spec.defaults as unknown as Readonly<Record<string, unknown>>)[option];
  const path = `optimizer.${option}`;
  if (standard === undefined) problems.add(path, elsewhere[option] ?? unknownOption(spec, option));
  else if (typeof standard === 'number') checkNumber(problems, path, value, 'notNegative');
  else if (typeof standard === 'boolean' && typeof value !== 'boolean')
    problems.add(path, `expected true or false, got ${describe(value)}`);
  else if (option in words && !words[option].includes(value as string))
    problems.add(path, `expected one of ${words[option].join(', ')}, got ${describe(value)}`);
}

function unknownOption({ name, defaults }: OptimizerSpec, option: string): string {
  const known = Object.keys(defaults);
  const closest = closestName(option, known);
  return closest
    ? `${name} has no such option; did you mean ${closest}?`
    : `${name} takes ${known.join(', ')}`;
}
