import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { ParameterSpec } from '../../layerSpec.js';
import type { TaylorMode } from './evaluateTaylor.js';
import { mixingLaws, type TaylorCoefficientInit, taylorSeriesLaws } from './taylorStart.js';

export interface TaylorConfig {
  /** K: the highest power. */
  readonly degree: number;
  readonly mode: TaylorMode;
  /** Outputs per position in mode 'mixing'; null in the others, which have as many outputs as inputs. */
  readonly units: number | null;
  /** The point a of the powers (x - a)^p: 0 makes the series Maclaurin's. */
  readonly center: number;
  /** Learn one center per feature, starting at `center`. */
  readonly trainableCenter: boolean;
  /** null: 'uniform', and 'zerosAboveOne' in mode 'mixing', which takes that and the normal laws. */
  readonly coefficientInit: TaylorCoefficientInit | null;
  /** Of mode 'mixing'; the others have the constant c_0. */
  readonly useBias: boolean;
  /** Law of coefficient and weight, or of kernel in mode 'mixing'; null: as `coefficientInit` says, weight 1. */
  readonly kernelInitializer: InitializerConfig | null;
}

/** The start that `coefficientInit` asks for or leaves to the mode. */
export const initOf = ({ mode, coefficientInit }: TaylorConfig): TaylorCoefficientInit =>
  coefficientInit ?? (mode === 'mixing' ? 'zerosAboveOne' : 'uniform');

/** The parameters of the layer on n features. */
export function taylorParameters(config: TaylorConfig, n: number): ParameterSpec[] {
  const { mode, center, trainableCenter } = config;
  const series = mode === 'mixing' ? mixingParameters(config, n) : seriesParameters(config, n);
  const law = { kind: 'constant', value: center } as const;
  return trainableCenter
    ? [...series, { name: 'center', shape: [n], role: 'other', initializer: law }]
    : series;
}

function seriesParameters(config: TaylorConfig, n: number): ParameterSpec[] {
  const { degree, mode, center, kernelInitializer } = config;
  const init = initOf(config);
  const laws = taylorSeriesLaws(init, center, degree);
  const isCumulative = mode === 'cumulative';
  const parameter = (name: string, law: InitializerConfig): ParameterSpec => ({
    name,
    shape: [n, degree + 1],
    role: 'kernel',
    initializer: kernelInitializer ?? law,
    fanAxes: { in: [1], out: [] },
  });
  const stacked: InitializerConfig = {
    kind: 'stacked',
    axis: 1,
    laws: isCumulative ? laws.map((law, p) => scaled(law, 1 / (degree + 1 - p))) : laws,
  };
  // One law for all powers keeps the order of its draws.
  const coefficient = parameter('coefficient', init === 'uniform' ? laws[0] : stacked);
  return isCumulative ? [coefficient, parameter('weight', initializers.ones)] : [coefficient];
}

function scaled(law: InitializerConfig, factor: number): InitializerConfig {
  if (law.kind === 'constant') return { ...law, value: law.value * factor };
  return law.kind === 'normal' ? { ...law, stddev: law.stddev * factor } : law;
}

function mixingParameters(config: TaylorConfig, n: number): ParameterSpec[] {
  const { degree, center, useBias, kernelInitializer } = config;
  const units = config.units as number;
  const laws = mixingLaws(initOf(config), { center, degree, features: n });
  const kernel: ParameterSpec = {
    name: 'kernel',
    shape: [n, units],
    role: 'kernel',
    initializer: kernelInitializer ?? laws.linear,
    fanAxes: { in: [0], out: [1] },
  };
  const kernelHigher: ParameterSpec = {
    name: 'kernelHigher',
    shape: [degree - 1, n, units],
    role: 'kernel',
    initializer: laws.higher,
    fanAxes: { in: [1], out: [2] },
    group: 'higherOrder',
  };
  const bias: ParameterSpec = { name: 'bias', shape: [units], role: 'bias', initializer: initializers.zeros };
  return [kernel, ...(degree > 1 ? [kernelHigher] : []), ...(useBias ? [bias] : [])];
}
