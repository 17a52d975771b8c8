import { isWithin, type WholeRange } from './range.js';

/** One layer of a network of the playground, as its letters in the address say. */
export interface NetworkLayer {
  readonly kind: LayerKind;
  readonly units: number;
  /** Options by their letter, those of the kind alone. */
  readonly options: Readonly<Partial<Record<OptionLetter, number>>>;
  readonly activation: ActivationLetter;
}

export type LayerKind = 'q' | 'x' | 'h' | 't' | 'c' | 'f' | 'd';
export type OptionLetter = 'r' | 'd' | 'w';
export type ActivationLetter = 'n' | 't' | 'r' | 's';

export interface OptionSpec extends WholeRange {
  readonly title: string;
  readonly default: number;
}

export interface LayerKindSpec {
  readonly title: string;
  /** Name of the record in @polyneuron/kernels; also its page under /layers. */
  readonly layer: string;
  /** False where the layer has as many outputs as inputs. */
  readonly hasUnits: boolean;
  readonly options: Readonly<Partial<Record<OptionLetter, OptionSpec>>>;
}

export const unitsRange: WholeRange = { min: 1, max: 32 };
export const layerCountRange: WholeRange = { min: 1, max: 4 };

export const layerKinds: { readonly [K in LayerKind]: LayerKindSpec } = {
  q: {
    title: 'Quadratic',
    layer: 'quadraticForm',
    hasUnits: true,
    options: { r: { title: 'rank (0: full form)', default: 0, min: 0, max: 8 } },
  },
  x: {
    title: 'Cross',
    layer: 'crossNetwork',
    hasUnits: false,
    options: { d: { title: 'depth', default: 1, min: 1, max: 4 } },
  },
  h: {
    title: 'Hypernetwork',
    layer: 'hyperDense',
    hasUnits: true,
    options: { w: { title: 'hidden units (0: weights linear in x)', default: 0, min: 0, max: 16 } },
  },
  t: {
    title: 'Taylor',
    layer: 'taylor',
    hasUnits: true,
    options: { d: { title: 'degree', default: 2, min: 1, max: 4 } },
  },
  c: {
    title: 'Chebyshev (KAN)',
    layer: 'orthogonalPolynomial',
    hasUnits: true,
    options: { d: { title: 'degree', default: 4, min: 1, max: 12 } },
  },
  f: {
    title: 'Factorization',
    layer: 'factorizationMachine',
    hasUnits: true,
    options: { r: { title: 'rank', default: 2, min: 1, max: 8 } },
  },
  d: { title: 'Dense', layer: 'dense', hasUnits: true, options: {} },
};

export const activationLetters: {
  readonly [K in ActivationLetter]: { readonly title: string; readonly activation: string };
} = {
  n: { title: 'none', activation: 'linear' },
  t: { title: 'tanh', activation: 'tanh' },
  r: { title: 'ReLU', activation: 'relu' },
  s: { title: 'sigmoid', activation: 'sigmoid' },
};

const layerPattern = /^([qxhtcfd])(\d{1,2})((?:[rdw]\d{1,2})*)([ntrs]?)$/;

/** `q1`, `c4d5t`, `q4t.d1`: layers joined by dots; options at their default and activation none are left out. */
export function printNetwork(network: readonly NetworkLayer[]): string {
  return network.map(printLayer).join('.');
}

function printLayer({ kind, units, options, activation }: NetworkLayer): string {
  const shown = optionEntries(kind)
    .filter(([letter, spec]) => (options[letter] ?? spec.default) !== spec.default)
    .map(([letter]) => `${letter}${options[letter]}`);
  return `${kind}${units}${shown.join('')}${activation === 'n' ? '' : activation}`;
}

/** The network that a text names, or why it names none. Sizes out of range are clamped and reported. */
export function parseNetwork(
  text: string,
): { readonly network: readonly NetworkLayer[]; readonly notices: readonly string[] } | undefined {
  const notices: string[] = [];
  const parts = text.split('.');
  const layers = parts.slice(0, layerCountRange.max).map((part) => parseLayer(part, notices));
  if (parts.length > layerCountRange.max)
    notices.push(`a network has at most ${layerCountRange.max} layers; the rest was left out`);
  return layers.every((layer) => layer !== undefined) ? { network: layers, notices } : undefined;
}

function parseLayer(text: string, notices: string[]): NetworkLayer | undefined {
  const match = layerPattern.exec(text);
  if (!match) return undefined;
  const [, kind, units, given, activation] = match as unknown as [
    string,
    LayerKind,
    string,
    string,
    ActivationLetter | '',
  ];
  const options: Partial<Record<OptionLetter, number>> = {};
  for (const [letter, spec] of optionEntries(kind)) {
    const [, value] = new RegExp(`${letter}(\\d+)`).exec(given) ?? [];
    options[letter] =
      value === undefined ? spec.default : clamp(Number(value), spec, `${text}: ${spec.title}`, notices);
  }
  return {
    kind,
    units: clamp(Number(units), unitsRange, `${text}: units`, notices),
    options,
    activation: activation || 'n',
  };
}

function optionEntries(kind: LayerKind): readonly (readonly [OptionLetter, OptionSpec])[] {
  return Object.entries(layerKinds[kind].options) as unknown as readonly (readonly [
    OptionLetter,
    OptionSpec,
  ])[];
}

function clamp(value: number, range: WholeRange, subject: string, notices: string[]): number {
  if (isWithin(value, range)) return value;
  const used = Math.min(range.max, Math.max(range.min, value));
  notices.push(`${subject} is ${range.min} to ${range.max}: used ${used} instead of ${value}`);
  return used;
}
