import type { CoefficientBlock, LabConfig } from '../../../layerLab/messages.js';
import type { UnitData } from './unitData.js';

/**
 * A program that builds the layer as the page shows it: options, coefficients, and one prediction.
 *
 * Weights that are not trained come after the others in tfjs, and keep their start.
 */
export function unitCode(
  data: Pick<UnitData, 'factory' | 'module' | 'inputShapes'>,
  config: LabConfig,
  coefficients: readonly CoefficientBlock[],
  values: ArrayLike<number>,
): string {
  const { factory, module, inputShapes } = data;
  const isStock = module === '@tensorflow/tfjs-layers';
  const inputs = inputShapes.map((shape) => `tfl.input({ shape: [${shape.join(', ')}] })`);
  const samples = inputShapes.map((shape, at) => {
    const numbers = [0.5, -0.25].slice(at, at + shape.reduce((size, extent) => size * extent, 1));
    return `tf.tensor([${numbers.join(', ')}], [1, ${shape.join(', ')}])`;
  });
  const tensors = coefficients.map(({ shape, offset, count }) => {
    const own = Array.from({ length: count }, (_, at) => shortest(values[offset + at]));
    return `  tf.tensor([${own.join(', ')}], [${shape.join(', ')}]),`;
  });
  return [
    "import '@tensorflow/tfjs-backend-cpu';",
    "import * as tf from '@tensorflow/tfjs-core';",
    "import * as tfl from '@tensorflow/tfjs-layers';",
    ...(isStock ? [] : [`import { ${factory} } from '@polyneuron/layers';`]),
    '',
    `const layer = ${isStock ? `tfl.${factory}` : factory}(${optionsText(config)});`,
    `const inputs = ${listed(inputs)};`,
    'const model = tfl.model({ inputs, outputs: layer.apply(inputs) });',
    ...(tensors.length === 0
      ? []
      : ['layer.setWeights([', ...tensors, `  ...layer.getWeights().slice(${tensors.length}),`, ']);']),
    '',
    `const y = model.predict(${listed(samples)});`,
    'console.log(layer.countParams(), Array.from(y.dataSync()));',
    '',
  ].join('\n');
}

function listed(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0] : `[${parts.join(', ')}]`;
}

/** The float32 number in the fewest digits that give it back. */
function shortest(value: number): string {
  const stored = Math.fround(value);
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find(
    (count) => Math.fround(Number(stored.toPrecision(count))) === stored,
  );
  return String(Number(stored.toPrecision(digits ?? 9)));
}

function optionsText(config: LabConfig): string {
  const parts = Object.entries(config).map(([name, value]) => `${name}: ${literal(value)}`);
  return parts.length === 0 ? '' : `{ ${parts.join(', ')} }`;
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  return typeof value === 'string' ? `'${value}'` : String(value);
}
