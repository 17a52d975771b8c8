import { condConv2dSpec } from './condConv2d.js';
import { condDenseSpec } from './condDense.js';
import { filmSpec } from './film.js';
import { hyperDenseSpec } from './hyperDense.js';
import { hyperNetworkSpec } from './hyperNetwork.js';

/** Layers whose weights are computed from an input. */
export const hyperLayers = {
  hyperDense: hyperDenseSpec,
  hyperNetwork: hyperNetworkSpec,
  film: filmSpec,
  condDense: condDenseSpec,
  condConv2d: condConv2dSpec,
} as const;
