import type { Shape } from '@polyneuron/graph';
import { type LayerName, type LayerSpec, layers } from '@polyneuron/kernels';
import type { BenchCase, LayerTask } from './benchCase.js';

const batch = 32;

interface LayerSize {
  readonly config: object;
  /** Without the batch axis. */
  readonly inputShapes: readonly Shape[];
}

/** Sizes that say more than the record's samples, which are as small as tests want them. Others use the record's large sample. */
const sizes: { readonly [K in LayerName]?: LayerSize } = {
  quadDense: { config: { units: 64, start: 'random' }, inputShapes: [[256]] },
  featureCross: { config: {}, inputShapes: [[64], [64]] },
  hyperDense: { config: { units: 4 }, inputShapes: [[16]] },
  taylor: { config: { degree: 3 }, inputShapes: [[512]] },
  householder: { config: {}, inputShapes: [[256]] },
  affine: { config: { units: 64 }, inputShapes: [[256]] },
  dense: { config: { units: 64, activation: 'tanh' }, inputShapes: [[256]] },
  conv2d: { config: { filters: 8, kernelSize: 3, activation: 'relu' }, inputShapes: [[14, 14, 4]] },
  maxPool2d: { config: { poolSize: 2 }, inputShapes: [[14, 14, 8]] },
  averagePool2d: { config: { poolSize: 2 }, inputShapes: [[14, 14, 8]] },
  softmax: { config: {}, inputShapes: [[64]] },
  activation: { config: { activation: 'tanh' }, inputShapes: [[512]] },
};

/** Forward pass and gradient of every layer record, `layer-<name>-forward` and `layer-<name>-gradient`. */
export const layerCases: readonly BenchCase[] = Object.entries<LayerSpec>(layers).flatMap(([name, spec]) =>
  (['forward', 'gradient'] as const).map((direction) => layerCase(name as LayerName, spec, direction)),
);

function layerCase(name: LayerName, spec: LayerSpec, direction: LayerTask['direction']): BenchCase {
  const { config, inputShapes } = sizes[name] ?? spec.largeSample;
  const task: LayerTask = { kind: 'layer', spec, config, batch, inputShapes, direction };
  const inputs = inputShapes.map((shape) => `[${[batch, ...shape].join(', ')}]`).join(' and ');
  const title = `${spec.title} ${JSON.stringify(config)} on ${inputs}, ${direction}`;
  return { name: `layer-${name}-${direction}`, title, suite: 'layers', unit: 'ms/run', task };
}
