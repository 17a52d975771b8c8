import { ValueError } from '@polyneuron/graph';
import type { SplineCurves } from '@polyneuron/kernels';
import { tensor } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { SplineKan } from './splineKan.js';

/** The splines of a built layer. Throws ValueError before it is built. */
export function curvesOf(subject: string, layer: SplineKan): SplineCurves {
  if (!layer.built) {
    throw new ValueError({
      subject,
      expected: 'a layer that is built',
      received: `${layer.name} without weights`,
      fix: 'add the layer to a model, or apply it to data once',
    });
  }
  const { units, gridSize, splineOrder, outside } = layer.config;
  const grid = variableOf(layer, 'grid').read();
  const splineKernel = variableOf(layer, 'splineKernel').read();
  return {
    features: grid.shape[0] as number,
    units,
    gridSize,
    splineOrder,
    outside,
    grid: grid.dataSync(),
    splineKernel: splineKernel.dataSync(),
  };
}

/** Puts splines of the same sizes into a layer. */
export function writeCurves(layer: SplineKan, { grid, splineKernel }: SplineCurves): void {
  for (const [name, values] of Object.entries({ grid, splineKernel })) {
    const variable = variableOf(layer, name);
    const next = tensor(Float32Array.from(values), variable.shape as number[], 'float32');
    variable.write(next);
    next.dispose();
  }
}

function variableOf(layer: SplineKan, name: string): LayerVariable {
  const found = layer.parameters.find(({ spec }) => spec.name === name);
  return (found as NonNullable<typeof found>).variable;
}
