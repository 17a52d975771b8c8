import { conicOf } from '../engine/formula/conic.js';
import type { LayerUnit } from './layerUnit.js';
import type { UnitPicture } from './messages.js';
import { gridSize, picturePoints, pointsOf, sliceSize } from './picturePoints.js';
import { termsOfUnit } from './termsOfUnit.js';

/**
 * One output of a unit over a square, and along both axes, computed by the unit's backend.
 *
 * Shapes   values: all coefficients, packed; output: which element of a sample's result
 */
export async function drawUnit(
  unit: LayerUnit,
  values: ArrayLike<number>,
  output: number,
  extent: number,
): Promise<UnitPicture> {
  const inputs = Object.entries(unit.bind(pointsOf(extent), values));
  const { y } = await unit.executable.run(
    Object.fromEntries(inputs.map(([name, data]) => [name, stored(unit, name, data)])),
  );
  const { outputCount } = unit.description;
  const shown = Float32Array.from({ length: picturePoints }, (_, point) => y[point * outputCount + output]);
  const cells = gridSize * gridSize;
  const terms = termsOfUnit(unit, values, output);
  const conic = terms && degreeOf(terms) === 2 ? conicOf(terms) : undefined;
  return {
    gridSize,
    extent,
    surface: shown.slice(0, cells),
    alongX1: shown.slice(cells, cells + sliceSize),
    alongX2: shown.slice(cells + sliceSize),
    ...(terms && { terms }),
    ...(conic && { conic }),
  };
}

/** Largest sum of exponents. */
function degreeOf(terms: NonNullable<UnitPicture['terms']>): number {
  return terms.reduce((most, { exponents: [p, q] }) => Math.max(most, p + q), 0);
}

/** As the program declares the input. */
function stored(unit: LayerUnit, name: string, data: Float64Array): Float32Array | Int32Array {
  const { dtype } = unit.executable.program.inputs[name];
  return dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data);
}
