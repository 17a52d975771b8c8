import { constant } from '@polyneuron/graph';
import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { UnsupportedPart } from '../errors.js';
import { adaptLayer } from './adaptLayer.js';
import { projectionOf } from './constraints.js';
import { graphOf, type LayerInternals, type ModelInternals } from './modelInternals.js';
import { penaltyOf } from './penalties.js';

/** Every layer, regularizer and constraint of a model that has no compiled form. */
export function collectUnsupported(model: ModelInternals): UnsupportedPart[] {
  return layersOf(model).flatMap(unsupportedPartsOf);
}

function unsupportedPartsOf(layer: LayerInternals): UnsupportedPart[] {
  const name = `${layer.name} (${layer.getClassName()})`;
  const adaptation = adaptLayer(layer);
  if ('reason' in adaptation) return [{ kind: 'layer', name, reason: adaptation.reason }];
  const { parameters, activityRegularizer } = adaptation.adapted;
  const regularizers = [...parameters.map(({ regularizer }) => regularizer), activityRegularizer].filter(
    (one) => one !== null,
  );
  const constraints = parameters.flatMap(({ constraint }) => constraint ?? []);
  const hidden = layer.losses.length - regularizers.length;
  return [
    ...regularizers
      .filter((regularizer) => !penaltyOf(regularizer, constant(0, [1])))
      .map((regularizer) => ({
        kind: 'regularizer' as const,
        name: `${regularizer.getClassName()} of ${name}`,
        reason: 'only L1L2 (l1, l2, l1l2) has a graph',
      })),
    ...constraints
      .filter((constraint) => !projectionOf(constraint))
      .map((constraint) => ({
        kind: 'constraint' as const,
        name: `${constraint.getClassName()} of ${name}`,
        reason: 'only NonNeg, UnitNorm, MaxNorm and MinMaxNorm have a graph',
      })),
    ...(hidden > 0
      ? [
          {
            kind: 'regularizer' as const,
            name: `of ${name}`,
            reason: `${hidden} losses of its own, added with addLoss, cannot be read`,
          },
        ]
      : []),
  ];
}

/** Layers that the outputs depend on, once each, those of nested models included; inputs are none. */
export function layersOf(model: ModelInternals): LayerInternals[] {
  const found = new Set<LayerInternals>();
  const seen = new Set<number>();
  const visitGraph = (graph: ModelInternals): void => {
    const inputs = new Set(graph.inputs.map(({ id }) => id));
    const pending: SymbolicTensor[] = [...graph.outputs];
    for (let symbol = pending.pop(); symbol; symbol = pending.pop()) {
      if (seen.has(symbol.id) || inputs.has(symbol.id)) continue;
      seen.add(symbol.id);
      const layer = symbol.sourceLayer as unknown as LayerInternals;
      const nested = graphOf(layer);
      if (nested) visitGraph(nested);
      else found.add(layer);
      pending.push(...layer.inboundNodes[symbol.nodeIndex].inputTensors);
    }
  };
  visitGraph(model);
  return [...found].reverse();
}
