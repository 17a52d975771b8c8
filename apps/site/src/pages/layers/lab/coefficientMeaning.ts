import type { CoefficientBlock, LabConfig } from '../../../layerLab/messages.js';

type Meaning = (config: LabConfig, at: readonly number[], parameter: string) => string | undefined;

const inputs = ['x1', 'x2'];
const powers = (power: number) =>
  power === 1 ? '' : (['⁰', '', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][power] ?? `^${power}`);
const pairs = ['x1²', 'x1·x2', 'x2²'];

/** What a coefficient stands before, where a layer's weights are those of monomials or of named functions. */
const meanings: Readonly<Record<string, Readonly<Record<string, Meaning>> | undefined>> = {
  quadraticForm: {
    kernelS: (_, [pair]) => pairs[pair],
    kernelA: (_, [, i, j]) => `${inputs[i]}·${inputs[j]}`,
    kernelL: (_, [i]) => inputs[i],
    biasL: () => 'constant',
  },
  taylor: {
    kernel: ({ mode }, [i]) => (mode === 'mixing' ? inputs[i] : undefined),
    kernelHigher: ({ mode }, [power, i]) =>
      mode === 'mixing' ? `${inputs[i]}${powers(power + 2)}` : undefined,
    bias: () => 'constant',
  },
  dense: { kernel: (_, [i]) => inputs[i], bias: () => 'constant' },
  bilinear: { kernel: () => 'x1·x2', bias: () => 'constant' },
};

/** Of a layer with one unit; undefined where an index says as much. */
export function coefficientMeaning(
  layer: string,
  config: LabConfig,
  { name, shape }: CoefficientBlock,
  at: number,
): string | undefined {
  if (config.units !== 1) return undefined;
  const indices: number[] = [];
  let rest = at;
  for (const extent of shape.toReversed()) {
    indices.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return meanings[layer]?.[name]?.(config, indices, name);
}
