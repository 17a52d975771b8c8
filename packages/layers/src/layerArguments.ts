import { ValueError } from '@polyneuron/graph';
import { type LayerSpec, resolveConfig } from '@polyneuron/kernels';
import type { TfjsLayerArguments } from './tfjsTypes.js';
import {
  isLaw,
  isWeightOption,
  resolveWeightOptions,
  type WeightArguments,
  type WeightOptions,
  weightOptionNames,
} from './weightOptions.js';

/**
 * Everything a layer's factory takes: the record's options (`Required` of them have no default), those of any tfjs
 * layer, and those of its weights.
 */
export type LayerArguments<C extends object, Required extends keyof C = never> = Partial<
  Omit<C, keyof WeightArguments>
> &
  Pick<C, Required> &
  TfjsLayerArguments &
  WeightArguments & {
    /**
     * Every draw of the layer is a function of this, the layer's name and the weight's name: name the layer to draw
     * the same weights again in one process, where tfjs numbers unnamed layers. default 0
     */
    readonly seed?: number;
  };

export interface ResolvedArguments<C extends object> {
  readonly config: C;
  readonly seed: number;
  readonly weightOptions: WeightOptions;
}

/** `customObjects` is what tfjs adds to every config that it loads. */
const tfjsOptionNames = [
  'name',
  'trainable',
  'inputShape',
  'batchInputShape',
  'batchSize',
  'dtype',
  'inputDType',
  'weights',
  'customObjects',
];

/**
 * Tells the record's options from the rest, and completes them. `null` stands for "not given", as tfjs writes it.
 *
 * Throws   ValueError on an unknown or missing option, and on a number that is not finite
 */
export function resolveArguments<C extends object>(
  spec: LayerSpec<C>,
  subject: string,
  given: LayerArguments<C>,
): ResolvedArguments<C> {
  const recordNames = [...Object.keys(spec.defaults), ...Object.keys(spec.required ?? {})];
  const ownNames = [...new Set([...recordNames, 'seed', ...weightOptionNames])];
  const entries = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  const unknown = entries.filter(([name]) => !ownNames.includes(name) && !tfjsOptionNames.includes(name));
  if (unknown.length > 0) {
    throw new ValueError({
      subject,
      expected: `options among ${ownNames.join(', ')}`,
      received: unknown.map(([name]) => `'${name}'`).join(', '),
      fix: 'check the spelling; name, trainable, inputShape and the like are taken too',
    });
  }
  for (const [name, value] of entries) if (ownNames.includes(name)) requireFinite(subject, name, value);
  // kernelInitializer and the like may be an option of the record too: it takes laws, tfjs's kinds are ours to resolve.
  const isForRecord = ([name, value]: readonly [string, unknown]) =>
    recordNames.includes(name) && (!isWeightOption(name) || isLaw(value));
  const config = resolveConfig(spec, Object.fromEntries(entries.filter(isForRecord)) as Partial<C>);
  const weightArguments = Object.fromEntries(
    entries.filter((entry) => isWeightOption(entry[0]) && !isForRecord(entry)),
  );
  return { config, seed: given.seed ?? 0, weightOptions: resolveWeightOptions(subject, weightArguments) };
}

/** JSON has no NaN and no infinity: a layer that held one could not be saved. */
function requireFinite(subject: string, path: string, value: unknown): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new ValueError({
      subject,
      expected: `${path} to be finite`,
      received: String(value),
      fix: 'pass a number',
    });
  }
  if (Array.isArray(value))
    for (const [at, item] of value.entries()) requireFinite(subject, `${path}[${at}]`, item);
  if (isLaw(value))
    for (const [name, item] of Object.entries(value)) requireFinite(subject, `${path}.${name}`, item);
}
