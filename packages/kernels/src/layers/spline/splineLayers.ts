import { rbfKanSpec } from './rbfKan.js';
import { splineKanSpec } from './splineKan.js';

/** Layers of learned functions on each edge. */
export const splineLayers = {
  splineKan: splineKanSpec,
  rbfKan: rbfKanSpec,
} as const;
