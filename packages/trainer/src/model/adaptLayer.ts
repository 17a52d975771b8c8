import type { Shape } from '@polyneuron/graph';
import { type ForwardContext, type ForwardResult, resolveConfig } from '@polyneuron/kernels';
import { SpecLayer } from '@polyneuron/layers';
import { serialization } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { Constraint, LayerInternals, Regularizer } from './modelInternals.js';
import { type StockAdapter, stockAdapters } from './stockLayers.js';

export interface AdaptedParameter {
  /** The record's name for it. */
  readonly name: string;
  readonly variable: LayerVariable;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}

/** A layer as its record sees it. */
export interface AdaptedLayer {
  readonly parameters: readonly AdaptedParameter[];
  readonly activityRegularizer: Regularizer | null;
  readonly usesRandom: boolean;
  forward(context: Omit<ForwardContext<object>, 'config'>): ForwardResult;
}

/** The adapter of a layer, or why it has none. */
export type Adaptation = { readonly adapted: AdaptedLayer } | { readonly reason: string };

export function adaptLayer(layer: LayerInternals): Adaptation {
  if (layer instanceof SpecLayer) return { adapted: adaptSpecLayer(layer) };
  const adapter = isStock(layer) ? stockAdapters[layer.getClassName()] : undefined;
  if (!adapter) return { reason: 'its class has no record' };
  const reason = adapter.refuse?.(layer);
  return reason ? { reason } : { adapted: adaptStockLayer(adapter, layer) };
}

/** tfjs's own class, not a subclass that inherits its name and may compute something else. */
function isStock(layer: LayerInternals): boolean {
  const name = layer.getClassName();
  const [registered] = serialization.SerializationMap.getMap().classNameMap[name] ?? [];
  return Object.hasOwn(stockAdapters, name) && (registered as unknown) === layer.constructor;
}

function adaptSpecLayer({ spec, config, parameters, activityPenalty }: SpecLayer): AdaptedLayer {
  return {
    parameters: parameters.map(({ spec: { name }, variable, regularizer, constraint }) => ({
      name,
      variable,
      regularizer,
      constraint,
    })),
    activityRegularizer: activityPenalty?.regularizer ?? null,
    usesRandom: spec.usesRandom ?? false,
    forward: (context) => spec.forward({ ...context, config }),
  };
}

function adaptStockLayer(
  { spec, configOf, parameters = {} }: StockAdapter,
  layer: LayerInternals,
): AdaptedLayer {
  const config = resolveConfig(spec, configOf(layer));
  const fields = layer as unknown as Readonly<Record<string, unknown>>;
  return {
    parameters: Object.entries(parameters).flatMap(([field, name]) => {
      const variable = fields[field] as LayerVariable | null;
      if (!variable) return [];
      const regularizer = (fields[`${field}Regularizer`] ?? null) as Regularizer | null;
      const constraint = (fields[`${field}Constraint`] ?? null) as Constraint | null;
      return [{ name, variable, regularizer, constraint }];
    }),
    activityRegularizer: null,
    usesRandom: spec.usesRandom ?? false,
    forward(context) {
      // tfjs checked shapes under its own rules; the record's may be stricter.
      spec.outputShape(
        config,
        context.inputs.map(({ shape }): Shape => shape.slice(1)),
      );
      return spec.forward({ ...context, config });
    },
  };
}
