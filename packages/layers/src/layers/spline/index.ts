export { extendGrid } from './extendGrid.js';
export { RbfKan, rbfKan } from './rbfKan.js';
export { SplineKan, splineKan } from './splineKan.js';
export { updateGrid } from './updateGrid.js';
