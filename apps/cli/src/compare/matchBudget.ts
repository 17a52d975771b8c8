/** @file The size at which a model comes closest to a budget. */
import { costOf, type Shape } from '@polyneuron/graph';
import { countParameters, layerProgram, resolveConfig } from '@polyneuron/kernels';
import { parseLayers } from '../models/parseLayers.js';
import { hasSize, layersAt, type Recipe } from './recipes.js';

export type Measure = 'parameters' | 'flops';

export interface Match {
  readonly recipe: Recipe;
  /** null where the recipe has no size. */
  readonly size: number | null;
  /** In the grammar of `--layers`. */
  readonly layers: string;
  readonly parameters: number;
  /** Of a forward pass, per sample. */
  readonly flops: number;
  /** (what it has − budget) / budget, of what is matched. */
  readonly residue: number;
}

export interface BudgetOptions {
  readonly budget: number;
  readonly measure: Measure;
  /** Without the batch axis. */
  readonly inputShape: Shape;
  /** The output layer in the grammar of `--layers`. */
  readonly output: string;
}

/** Widest model that is looked at. */
const largestSize = 4096;
const costBatch = 64;

/**
 * The size whose parameters, or forward flops per sample, are closest to the budget; of two that are equally close, the
 * smaller one. Both measures grow with the size, so the search is a bisection.
 *
 * Throws   what a layer throws on the data's shape
 */
export function matchBudget(recipe: Recipe, options: BudgetOptions): Match {
  const { budget, measure } = options;
  const at = (size: number | null): Match => {
    const layers = layersAt(recipe, size ?? 0, options.output);
    const measured = measureModel(layers, options.inputShape);
    return { recipe, size, layers, ...measured, residue: (measured[measure] - budget) / budget };
  };
  if (!hasSize(recipe)) return at(null);
  let below = at(recipe.smallest);
  if (below.residue >= 0) return below;
  let above = at(2 * recipe.smallest);
  while (above.residue < 0 && (above.size as number) < largestSize) {
    below = above;
    above = at(2 * (above.size as number));
  }
  while ((above.size as number) - (below.size as number) > 1) {
    const middle = at(Math.floor(((above.size as number) + (below.size as number)) / 2));
    if (middle.residue < 0) below = middle;
    else above = middle;
  }
  return Math.abs(above.residue) < Math.abs(below.residue) ? above : below;
}

/** Parameters of a model, and the flops of one sample's forward pass. */
export function measureModel(
  layers: string,
  inputShape: Shape,
): { readonly parameters: number; readonly flops: number } {
  let shape = inputShape;
  let parameters = 0;
  let flops = 0;
  for (const { spec, config } of parseLayers(layers)) {
    parameters += countParameters<object>(spec, config, [shape]);
    flops += costOf(layerProgram<object>(spec, config, { batch: costBatch, inputShapes: [shape] })).flops;
    shape = spec.outputShape(resolveConfig<object>(spec, config), [shape]);
  }
  return { parameters, flops: Math.round(flops / costBatch) };
}
