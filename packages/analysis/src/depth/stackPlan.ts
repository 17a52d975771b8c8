/** @file How records are stacked to be measured: options and shapes for which a layer keeps the shape of its input. */
import { isSameShape, type Shape } from '@polyneuron/graph';
import { type InputKind, type LayerSpec, resolveConfig } from '@polyneuron/kernels';

export interface StackPlan {
  readonly config: object;
  /** One per input, without the batch axis; the first is the one that the layer's output replaces. */
  readonly inputShapes: readonly Shape[];
  /** Whether the output has the shape of the first input. */
  readonly isStackable: boolean;
}

/** Extents that every kind is measured with: 64 values of a sample are enough for variances to settle. */
const shapes: { readonly [K in InputKind]: Shape } = {
  features: [64],
  fields: [8, 8],
  image: [6, 6, 8],
  sample: [64],
};

/** Options that are the number of outputs, by the names that records give them. */
const widthOptions = ['units', 'filters'] as const;

/**
 * Options and shapes to measure a record with: those of a sample that still fit when inputs get the extents above and
 * outputs as many; a sample's own extents where none do.
 */
export function stackPlan(spec: LayerSpec, start: object): StackPlan | undefined {
  const shape = shapes[spec.inputKind];
  const width = shape[shape.length - 1];
  const known = [...Object.keys(spec.defaults), ...Object.keys(spec.required ?? {})];
  const widths = Object.fromEntries(
    widthOptions.filter((name) => known.includes(name)).map((name) => [name, width]),
  );
  const padding = known.includes('padding') ? { padding: 'same' } : {};
  const needed = Object.keys(spec.required ?? {});
  const plans = spec.samples.flatMap(({ config, inputShapes }) => {
    const required = Object.fromEntries(Object.entries(config).filter(([name]) => needed.includes(name)));
    const counts = [...new Set([1, inputShapes.length])];
    const own = { config: { ...config, ...start }, inputShapes };
    const wide = counts.flatMap((count) =>
      [{ ...widths, ...padding }, widths, {}].map((extra) => ({
        config: { ...required, ...extra, ...start },
        inputShapes: new Array<Shape>(count).fill(shape),
      })),
    );
    return [...wide, own];
  });
  const fitting = plans.flatMap((plan) => {
    const output = outputShapeOf(spec, plan.config, plan.inputShapes);
    return output ? [{ ...plan, isStackable: isSameShape(output, plan.inputShapes[0]) }] : [];
  });
  return fitting.find(({ isStackable }) => isStackable) ?? fitting[0];
}

/** Undefined where the record takes no such inputs. */
function outputShapeOf(spec: LayerSpec, config: object, inputShapes: readonly Shape[]): Shape | undefined {
  try {
    return spec.outputShape(resolveConfig(spec, config), inputShapes);
  } catch {
    return undefined;
  }
}
