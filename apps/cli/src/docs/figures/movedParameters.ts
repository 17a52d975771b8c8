import { createParameters, initialValues, parameterSpecs } from '@polyneuron/kernels';
import type { FigureSubject } from './figureSubject.js';

const stepDeviation = 0.3;

/**
 * Parameters some way from their start: initial values, and on every trainable one a random step, normal with
 * variance 1 / fan in on kernels and with standard deviation 0.3 on others. Many starts are linear, and it is what a
 * layer can become that a figure is for.
 */
export function movedParameters(
  { spec, config, inputShapes }: FigureSubject,
  seed: number,
): Record<string, ArrayLike<number>> {
  const start = createParameters<object>(spec, config, inputShapes, seed);
  const moved = parameterSpecs<object>(spec, config, inputShapes).map((parameter) => {
    const { name, shape, role, fanAxes, dtype = 'float32', isTrainable = true } = parameter;
    const values = start[name];
    if (!isTrainable || dtype !== 'float32') return [name, values] as const;
    const initializer =
      role === 'kernel'
        ? ({ kind: 'varianceScaling', scale: 1, mode: 'fanIn', distribution: 'normal' } as const)
        : ({ kind: 'normal', mean: 0, stddev: stepDeviation } as const);
    const law = { shape, initializer, ...(fanAxes && { fanAxes }) };
    const steps = initialValues(law, seed, `${spec.name}/${name}/step`);
    return [name, Float64Array.from(values, (value, at) => value + steps[at])] as const;
  });
  return Object.fromEntries(moved);
}
