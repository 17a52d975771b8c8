import { type LayerSpec, resolveConfig } from '@polyneuron/kernels';

/** Exact degrees of the output in the inputs over the record's samples: '2', '1 to 5', '2, or no polynomial'. */
export function degreeText(spec: LayerSpec): string {
  const degrees = spec.samples.map(({ config }) => spec.degree(resolveConfig<object>(spec, config)));
  const numbers = degrees.filter((degree) => degree !== undefined);
  if (numbers.length === 0) return 'no polynomial';
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const range = least === most ? String(least) : `${least} to ${most}`;
  return numbers.length === degrees.length ? range : `${range}, or no polynomial`;
}
