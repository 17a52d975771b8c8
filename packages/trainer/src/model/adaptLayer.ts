import type { Shape } from '@polyneuron/graph';
import {
  type ForwardContext,
  type ForwardResult,
  type InitializerConfig,
  type ParameterGroup,
  resolveConfig,
} from '@polyneuron/kernels';
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
  /** The group that the record puts it in. */
  readonly group?: ParameterGroup;
  /** The one number that its law starts from; undefined where the law is random. */
  readonly startValue: number | undefined;
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
    parameters: parameters.map(
      ({ spec: { name, group, initializer }, variable, regularizer, constraint }) => ({
        name,
        variable,
        regularizer,
        constraint,
        ...(group && { group }),
        startValue: uniformValue(initializer),
      }),
    ),
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
      const initializer = fields[`${field}Initializer`] as TfjsInitializer | undefined;
      return [{ name, variable, regularizer, constraint, startValue: tfjsValue(initializer) }];
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

/** The value of a law that gives every element the same. */
function uniformValue(law: InitializerConfig): number | undefined {
  if (law.kind === 'zeros') return 0;
  if (law.kind === 'ones') return 1;
  return law.kind === 'constant' ? law.value : undefined;
}

interface TfjsInitializer {
  getClassName(): string;
  getConfig(): { readonly value?: number };
}

/** The same of tfjs's initializers, by class name. */
function tfjsValue(initializer: TfjsInitializer | undefined): number | undefined {
  const values: Readonly<Record<string, () => number | undefined>> = {
    Zeros: () => 0,
    Ones: () => 1,
    Constant: () => initializer?.getConfig().value,
  };
  return values[initializer?.getClassName() ?? '']?.();
}
