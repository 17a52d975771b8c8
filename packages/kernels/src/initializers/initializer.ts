import { ValueError } from '@polyneuron/graph';

/**
 * Law of initial values, as plain JSON.
 *
 * `varianceScaling` draws with variance scale / fan; the named laws of the field (glorotUniform, heNormal, lecunNormal)
 * are instances of it. Its truncated normal is corrected for the variance that truncation removes, as Keras 3 does and
 * tfjs does not. The plain `truncatedNormal` is not: its stddev is that of the normal law before it is cut at two
 * standard deviations, in both.
 */
export type InitializerConfig =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'ones' }
  | { readonly kind: 'constant'; readonly value: number }
  /** Even steps from start to stop along the last axis, the same in every row: the knots of a grid. */
  | { readonly kind: 'linspace'; readonly start: number; readonly stop: number }
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly stddev: number }
  | { readonly kind: 'truncatedNormal'; readonly mean: number; readonly stddev: number }
  | {
      readonly kind: 'varianceScaling';
      readonly scale: number;
      readonly mode: 'fanIn' | 'fanOut' | 'fanAvg';
      readonly distribution: 'uniform' | 'normal' | 'truncatedNormal';
    }
  | { readonly kind: 'identity'; readonly gain: number }
  | { readonly kind: 'orthogonal'; readonly gain: number }
  /** One law for each index along an axis, each a weight without that axis: the coefficients of a series. */
  | { readonly kind: 'stacked'; readonly axis: number; readonly laws: readonly InitializerConfig[] };

type Scaling = Extract<InitializerConfig, { kind: 'varianceScaling' }>;

const scaling = (scale: number, mode: Scaling['mode'], distribution: Scaling['distribution']): Scaling => ({
  kind: 'varianceScaling',
  scale,
  mode,
  distribution,
});

export type InitializerName =
  | 'zeros'
  | 'ones'
  | 'randomUniform'
  | 'randomNormal'
  | 'truncatedNormal'
  | 'varianceScaling'
  | 'glorotUniform'
  | 'glorotNormal'
  | 'heUniform'
  | 'heNormal'
  | 'lecunUniform'
  | 'lecunNormal'
  | 'identity'
  | 'orthogonal';

/** What each name stands for, with the defaults of tfjs and Keras, which agree. */
export const initializers: { readonly [K in InitializerName]: InitializerConfig } = {
  zeros: { kind: 'zeros' },
  ones: { kind: 'ones' },
  randomUniform: { kind: 'uniform', min: -0.05, max: 0.05 },
  randomNormal: { kind: 'normal', mean: 0, stddev: 0.05 },
  truncatedNormal: { kind: 'truncatedNormal', mean: 0, stddev: 0.05 },
  varianceScaling: scaling(1, 'fanIn', 'truncatedNormal'),
  glorotUniform: scaling(1, 'fanAvg', 'uniform'),
  glorotNormal: scaling(1, 'fanAvg', 'truncatedNormal'),
  heUniform: scaling(2, 'fanIn', 'uniform'),
  heNormal: scaling(2, 'fanIn', 'truncatedNormal'),
  lecunUniform: scaling(1, 'fanIn', 'uniform'),
  lecunNormal: scaling(1, 'fanIn', 'truncatedNormal'),
  identity: { kind: 'identity', gain: 1 },
  orthogonal: { kind: 'orthogonal', gain: 1 },
};

/** Spellings of tfjs and Keras: 'GlorotUniform', 'glorot_uniform', 'leCunNormal' are all read without case and underscores. */
const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** What the numbers of a law must be; a law is refused when one is not. */
const requirements: { readonly [K in InitializerConfig['kind']]: Readonly<Record<string, string>> } = {
  zeros: {},
  ones: {},
  constant: { value: 'finite' },
  linspace: { start: 'finite', stop: 'finite' },
  uniform: { min: 'finite', max: 'finite' },
  normal: { mean: 'finite', stddev: 'not negative' },
  truncatedNormal: { mean: 'finite', stddev: 'not negative' },
  varianceScaling: { scale: 'not negative' },
  identity: { gain: 'finite' },
  orthogonal: { gain: 'finite' },
  stacked: { axis: 'finite' },
};

/**
 * The law of this name, or the law itself once checked.
 *
 * Throws   ValueError that lists every name or kind, or says which number is out of range
 *
 * @example
 * initializer('heNormal') // => { kind: 'varianceScaling', scale: 2, mode: 'fanIn', distribution: 'truncatedNormal' }
 */
export function initializer(law: string | InitializerConfig): InitializerConfig {
  return typeof law === 'string' ? byName(law) : checked(law);
}

function byName(name: string): InitializerConfig {
  const found = Object.entries(initializers).find(([known]) => plain(known) === plain(name));
  if (found) return found[1];
  throw new ValueError({
    subject: 'initializer',
    expected: `one of ${Object.keys(initializers).join(', ')}`,
    received: `'${name}'`,
    fix: "check the spelling, or pass a law such as { kind: 'constant', value: 0.5 }",
  });
}

function checked(law: InitializerConfig): InitializerConfig {
  const required = requirements[law.kind];
  if (!required) {
    throw new ValueError({
      subject: 'initializer',
      expected: `a kind among ${Object.keys(requirements).join(', ')}`,
      received: `'${law.kind}'`,
      fix: 'check the spelling of the kind',
    });
  }
  if (law.kind === 'stacked') law.laws.forEach(checked);
  const fields = law as unknown as Readonly<Record<string, unknown>>;
  for (const [field, requirement] of Object.entries(required)) {
    const value = fields[field];
    if (Number.isFinite(value) && !(requirement === 'not negative' && (value as number) < 0)) continue;
    throw new ValueError({
      subject: `initializer ${law.kind}`,
      expected: `${field} to be a finite number${requirement === 'finite' ? '' : `, ${requirement}`}`,
      received: String(value),
      fix: `set ${field}`,
    });
  }
  return law;
}
