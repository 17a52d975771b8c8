import { interpret } from '@polyneuron/graph';
import { type Conic, conicOf, type QuadraticCoefficients } from './conic.js';
import type { LayerUnit } from './layerUnit.js';
import type { UnitPicture } from './messages.js';
import { gridSize, picturePoints, pointsOf, sliceSize } from './picturePoints.js';

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
  const conic = conicOfUnit(unit, values, output);
  return {
    gridSize,
    extent,
    surface: shown.slice(0, cells),
    alongX1: shown.slice(cells, cells + sliceSize),
    alongX2: shown.slice(cells + sliceSize),
    ...(conic && { conic }),
  };
}

/** As the program declares the input. */
function stored(unit: LayerUnit, name: string, data: Float64Array): Float32Array | Int32Array {
  const { dtype } = unit.executable.program.inputs[name];
  return dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data);
}

/** Values of one output at points of two numbers, in float64. */
export function evaluateUnit(
  unit: LayerUnit,
  values: ArrayLike<number>,
  output: number,
  points: Float64Array,
): Float64Array {
  const count = points.length / 2;
  const { y } = interpret(unit.programFor(count), { inputs: unit.bind(points, values) }).outputs;
  const { outputCount } = unit.description;
  return Float64Array.from({ length: count }, (_, point) => y[point * outputCount + output]);
}

/** The curve y = 0 of a unit of degree 2: six values determine the polynomial. */
function conicOfUnit(unit: LayerUnit, values: ArrayLike<number>, output: number): Conic | undefined {
  if (unit.description.degree !== 2) return undefined;
  const [f, right, left, up, down, corner] = evaluateUnit(
    unit,
    values,
    output,
    Float64Array.of(0, 0, 1, 0, -1, 0, 0, 1, 0, -1, 1, 1),
  );
  const [a, d] = [(right + left) / 2 - f, (right - left) / 2];
  const [c, e] = [(up + down) / 2 - f, (up - down) / 2];
  const coefficients: QuadraticCoefficients = [a, corner - a - c - d - e - f, c, d, e, f];
  return conicOf(coefficients);
}
