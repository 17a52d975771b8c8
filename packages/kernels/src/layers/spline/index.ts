export type { OutsideGrid, SplineShape } from './bSplineBasis.js';
export { extendSplineGrid } from './extendSplineGrid.js';
export { type RbfKanConfig, rbfKanSpec } from './rbfKan.js';
export type { SplineCurves } from './splineCurves.js';
export { type SplineKanConfig, splineKanSpec } from './splineKan.js';
export { type UpdateSplineGridOptions, updateSplineGrid } from './updateSplineGrid.js';
