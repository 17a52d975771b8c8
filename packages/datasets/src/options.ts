import { closestName } from './closestName.js';
import { DatasetError } from './errors.js';

export type OptionValue = number | string;

/** What an option may be: a checker, a command line and a documentation table read the same record. */
export type OptionRule =
  | { readonly kind: 'integer'; readonly min: number; readonly max: number; readonly about: string }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly about: string }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly about: string }
  | { readonly kind: 'text'; readonly about: string };

/** Most samples that one call makes. Keeps a mistyped count from asking for more memory than an array can have. */
const maxCount = 10_000_000;

/** Rules that most generators share. */
export const commonRules = {
  trainCount: { kind: 'integer', min: 1, max: maxCount, about: 'number of training samples' },
  testCount: { kind: 'integer', min: 1, max: maxCount, about: 'number of test samples' },
  seed: { kind: 'integer', min: 0, max: 0xffffffff, about: 'seed of the random numbers' },
} as const satisfies Record<string, OptionRule>;

/**
 * `defaults` overlaid with `options`, after every option was checked against its rule. All violations are reported
 * together.
 */
export function resolveOptions<Config extends Record<string, OptionValue>>(
  subject: string,
  spec: { readonly defaults: Config; readonly options: { readonly [K in keyof Config]: OptionRule } },
  options: Partial<Config>,
): Config {
  const violations: { name: string; expected: string; received: string; fix: string }[] = [];
  const resolved: Record<string, OptionValue> = { ...spec.defaults };
  const known = Object.keys(spec.defaults);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(spec.defaults, name)) {
      const closest = closestName(name, known);
      const fix = closest ? `did you mean '${closest}'?` : `remove '${name}'`;
      violations.push({ name, expected: `options among ${known.join(', ')}`, received: `'${name}'`, fix });
      continue;
    }
    if (value === undefined) continue;
    const rule = spec.options[name as keyof Config];
    const expected = describeViolation(rule, value);
    if (expected) {
      violations.push({
        name,
        expected: `${name} to be ${expected}`,
        received: show(value),
        fix: `${name} is the ${rule.about}; its default is ${show(spec.defaults[name])}`,
      });
    } else {
      resolved[name] = value;
    }
  }
  const [first, ...others] = violations;
  if (first) {
    throw new DatasetError({
      code: 'BadOption',
      subject,
      expected: first.expected,
      received: first.received,
      details: Object.fromEntries(
        others.map((other) => [other.name, `expected ${other.expected}, got ${other.received}`]),
      ),
      fix: first.fix,
    });
  }
  return resolved as Config;
}

/** Options of a generator function: those of its record with one `count` in place of `trainCount` and `testCount`. */
export type SampleConfig<Config> = Omit<Config, 'trainCount' | 'testCount'> & { count: number };

/** {@link resolveOptions} for a generator function. The default `count` is training and test samples together. */
export function resolveSampleOptions<
  Config extends { trainCount: number; testCount: number } & Record<string, OptionValue>,
>(
  subject: string,
  spec: { readonly defaults: Config; readonly options: { readonly [K in keyof Config]: OptionRule } },
  options: Partial<SampleConfig<Config>>,
): SampleConfig<Config> {
  const { trainCount, testCount, ...defaults } = spec.defaults;
  const { trainCount: _train, testCount: _test, ...rules } = spec.options;
  const count: OptionRule = { kind: 'integer', min: 1, max: 2 * maxCount, about: 'number of samples' };
  const sampleSpec = {
    defaults: { count: trainCount + testCount, ...defaults },
    options: { count, ...rules },
  };
  return resolveOptions(subject, sampleSpec as never, options as never) as SampleConfig<Config>;
}

/** What the rule expects, or undefined where the value is fine. */
function describeViolation(rule: OptionRule, value: unknown): string | undefined {
  switch (rule.kind) {
    case 'integer':
      if (Number.isInteger(value) && (value as number) >= rule.min && (value as number) <= rule.max) return;
      return `an integer from ${rule.min} to ${rule.max}`;
    case 'number':
      if (typeof value === 'number' && value >= rule.min && value <= rule.max) return;
      return `a number from ${rule.min} to ${rule.max}`;
    case 'choice':
      if (rule.values.includes(value as string)) return;
      return `one of ${rule.values.join(', ')}`;
    case 'text':
      if (typeof value === 'string') return;
      return 'a string';
  }
}

function show(value: unknown): string {
  return typeof value === 'string'
    ? `'${value}'`
    : typeof value === 'object'
      ? (JSON.stringify(value) ?? 'null')
      : String(value);
}
