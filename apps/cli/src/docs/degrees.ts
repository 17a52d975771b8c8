import { type LayerSpec, resolveConfig } from '@polyneuron/kernels';

export interface DegreeCase {
  readonly degree: number | undefined;
  /** The first sample of the record that has it. */
  readonly config: object;
}

/** The degrees that a layer's samples have, each once, the first sample's first. */
export function degreesOf(spec: LayerSpec): readonly DegreeCase[] {
  const cases = spec.samples.map(({ config }) => ({
    degree: spec.degree(resolveConfig<object>(spec, config)),
    config,
  }));
  return cases.filter(({ degree }, at) => cases.findIndex((other) => other.degree === degree) === at);
}

export function degreeText(degree: number | undefined): string {
  return degree === undefined ? 'not a polynomial' : String(degree);
}

/** All degrees in few characters: '2', '1 to 5', '4, –'. */
export function degreeRange(spec: LayerSpec): string {
  const degrees = degreesOf(spec).map(({ degree }) => degree);
  const numbers = degrees.filter((degree) => degree !== undefined).sort((a, b) => a - b);
  const span = numbers.length < 2 ? numbers.join('') : `${numbers[0]} to ${numbers.at(-1)}`;
  return numbers.length === degrees.length ? span : [span, '–'].filter((text) => text !== '').join(', ');
}
