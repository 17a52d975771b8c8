/** @file One row per setting: its key in the address, its range, whether it changes a run that is going on. The form, the address and the worker read it. */
import { parseNetwork, printNetwork } from './network.js';
import { printable } from './printable.js';
import {
  type DatasetKey,
  defaultSettings,
  type LossKey,
  type OptimizerKey,
  type PanelKey,
  type RaceAxis,
  type Rival,
  type Settings,
  type Theme,
} from './settings.js';

/** What a text of the address means: a value, perhaps with notices, or undefined where it means nothing. */
export interface Parsed<T> {
  readonly value: T;
  readonly notices: readonly string[];
}

export interface SettingSpec<T> {
  readonly key: string;
  readonly title: string;
  /** 'live' acts on the run as it is; 'rebuild' starts it again from the seed; 'view' concerns the page alone. */
  readonly effect: 'live' | 'rebuild' | 'view';
  /** Whether a change makes an entry in the browser's history. */
  readonly makesHistory?: boolean;
  /** For the form. */
  readonly control: Control<T>;
  parse(text: string): Parsed<T> | undefined;
  print(value: T): string;
}

export type Control<T> =
  | { readonly kind: 'choice'; readonly choices: readonly { readonly value: T; readonly title: string }[] }
  | {
      readonly kind: 'number';
      readonly min: number;
      readonly max: number;
      readonly step: number | 'any';
      readonly values?: readonly number[];
      readonly unit?: string;
    }
  | { readonly kind: 'flags'; readonly flags: readonly { readonly value: string; readonly title: string }[] }
  | { readonly kind: 'network' };

const decades = (from: number, to: number): readonly number[] => {
  const values: number[] = [];
  for (let exponent = from; exponent <= to; exponent++) {
    for (const digit of [1, 3]) values.push(Number(`${digit}e${exponent}`));
  }
  return values.slice(0, -1);
};

function whole(
  title: string,
  key: string,
  min: number,
  max: number,
  extra: Partial<SettingSpec<number>> & { readonly values?: readonly number[]; readonly unit?: string } = {},
): SettingSpec<number> {
  return number(title, key, min, max, { step: 1, ...extra });
}

function number(
  title: string,
  key: string,
  min: number,
  max: number,
  {
    step = 'any',
    values,
    unit,
    ...rest
  }: Partial<SettingSpec<number>> & {
    readonly step?: number | 'any';
    readonly values?: readonly number[];
    readonly unit?: string;
  } = {},
): SettingSpec<number> {
  return {
    key,
    title,
    effect: 'rebuild',
    control: { kind: 'number', min, max, step, ...(values && { values }), ...(unit && { unit }) },
    parse(text) {
      const given = /^-?\d+(\.\d+)?(e-?\d+)?$/.test(text) ? Number(text) : Number.NaN;
      if (!Number.isFinite(given)) return undefined;
      const rounded = step === 1 ? Math.round(given) : given;
      const value = Math.min(max, Math.max(min, rounded));
      return {
        value,
        notices:
          value === given
            ? []
            : [
                `${title} is ${step === 1 ? 'a whole number of ' : ''}${min} to ${max}: used ${value} instead of ${given}`,
              ],
      };
    },
    print: String,
    ...rest,
  };
}

function choice<T extends string>(
  title: string,
  key: string,
  choices: { readonly [K in T]: string },
  rest: Partial<SettingSpec<T>> = {},
): SettingSpec<T> {
  const values = Object.keys(choices) as T[];
  return {
    key,
    title,
    effect: 'rebuild',
    control: { kind: 'choice', choices: values.map((value) => ({ value, title: choices[value] })) },
    parse: (text) => (Object.hasOwn(choices, text) ? { value: text as T, notices: [] } : undefined),
    print: (value) => value,
    ...rest,
  };
}

function flags<T extends string>(
  title: string,
  key: string,
  titles: { readonly [K in T]: string },
): SettingSpec<readonly T[]> {
  const known = Object.keys(titles) as T[];
  return {
    key,
    title,
    effect: 'view',
    control: { kind: 'flags', flags: known.map((value) => ({ value, title: titles[value] })) },
    parse(text) {
      const given = text.split('.').filter((flag) => flag !== '');
      const unknown = given.filter((flag) => !known.includes(flag as T));
      return {
        value: known.filter((flag) => given.includes(flag)),
        notices: unknown.map((flag) => `${title}: unknown panel ${printable(flag)} left out`),
      };
    },
    print: (value) => value.join('.'),
  };
}

export const datasetTitles: { readonly [K in DatasetKey]: string } = {
  ring: 'Ring',
  xor: 'XOR',
  gaussians: 'Two Gaussians',
  spiral: 'Two spirals',
  moons: 'Two moons',
  checker: 'Checkerboard',
  edge: 'Straight edge',
  gate: 'Logic gate',
  saddle: 'Saddle x1·x2',
  plane: 'Plane',
  ripple: 'Ripple',
  polynomial: 'Random polynomial',
  kink: 'Kink',
  crossSeed: 'x0² + x0x1 + x1x2 + x2² (seed 001)',
  glyphs: 'Images of glyphs',
  drawn: 'Drawn points',
  csv: 'Pasted CSV',
};

const rivalSpec: SettingSpec<Rival> = {
  key: 'b',
  title: 'Rival',
  effect: 'rebuild',
  makesHistory: true,
  control: { kind: 'network' },
  parse(text) {
    const [, factor] = /^auto([124])$/.exec(text) ?? [];
    if (factor) return { value: { kind: 'auto', factor: Number(factor) as 1 | 2 | 4 }, notices: [] };
    if (text === 'features') return { value: { kind: 'features' }, notices: [] };
    const parsed = parseNetwork(text);
    return parsed && { value: { kind: 'network', network: parsed.network }, notices: parsed.notices };
  },
  print(value) {
    if (value.kind === 'auto') return `auto${value.factor}`;
    return value.kind === 'features' ? 'features' : printNetwork(value.network);
  },
};

/** In the order in which the address has them. */
export const settingsTable: { readonly [K in keyof Settings]: SettingSpec<Settings[K]> } = {
  dataset: choice<DatasetKey>('Data set', 'd', datasetTitles, { makesHistory: true }),
  variant: whole('Variant', 'dv', 1, 16),
  samples: whole('Samples', 'n', 100, 2000),
  noise: whole('Noise', 'z', 0, 50, { unit: '%' }),
  testShare: whole('Test share', 'q', 10, 90, { unit: '%' }),
  dataSeed: whole('Data seed', 'ds', 0, 2 ** 32 - 1),
  network: {
    key: 'a',
    title: 'Our network',
    effect: 'rebuild',
    makesHistory: true,
    control: { kind: 'network' },
    parse(text) {
      const parsed = parseNetwork(text);
      return parsed && { value: parsed.network, notices: parsed.notices };
    },
    print: printNetwork,
  },
  rival: rivalSpec,
  loss: choice<LossKey>('Loss', 'l', { logistic: 'logistic', squared: 'squared', huber: 'Huber' }),
  optimizer: choice<OptimizerKey>('Optimizer', 'o', { adam: 'Adam', sgd: 'SGD', momentum: 'momentum' }),
  rate: number('Learning rate', 'r', 0.0001, 1, { values: decades(-4, 0), effect: 'live' }),
  batch: whole('Batch', 'k', 1, 256, { values: [1, 2, 4, 8, 16, 32, 64, 128, 256] }),
  decay: number('L2', 'w2', 0, 0.1, { values: [0, ...decades(-5, -1)] }),
  clip: number('Gradient clip', 'gc', 0, 10, { values: [0, 0.1, 0.3, 1, 3, 10] }),
  weightSeed: whole('Weight seed', 'ws', 0, 2 ** 32 - 1),
  stop: whole('Stop at step', 't', 10, 100_000, { effect: 'live' }),
  target: whole('Stop at score', 'tt', 0, 100, { unit: '%', effect: 'live' }),
  silentSteps: whole('Silent steps', 's', 0, 1000),
  axis: choice<RaceAxis>(
    'Race axis',
    'x',
    { steps: 'steps', seconds: 'seconds', flops: 'FLOPs' },
    { effect: 'view' },
  ),
  panels: flags<PanelKey>('Open panels', 'p', { weights: 'Weights', residuals: 'Residuals', units: 'Units' }),
  embed: flags<PanelKey>('Embedded panels', 'e', {
    weights: 'Weights',
    residuals: 'Residuals',
    units: 'Units',
  }),
  theme: choice<Theme>(
    'Theme',
    'th',
    { auto: 'as the system', light: 'light', dark: 'dark' },
    { effect: 'view' },
  ),
};

export const settingNames = Object.keys(settingsTable) as (keyof Settings)[];

/** Whether two settings print alike. */
export function isDefault<K extends keyof Settings>(name: K, value: Settings[K]): boolean {
  return settingsTable[name].print(value) === settingsTable[name].print(defaultSettings[name]);
}
