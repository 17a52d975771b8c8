import { activations, type LayerSpec, layers } from '@polyneuron/kernels';
import { closestName, lookUp } from '../closestName.js';
import { parseValue } from '../commands/commonOptions.js';
import { UsageError } from '../errors.js';

/** One layer of a model as the command line names it. */
export interface LayerChoice {
  readonly spec: LayerSpec;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The grammar of `--layers`, for `--help`. */
export const layersGrammar = `Layers: NAME[:VALUE...] separated by commas. A bare VALUE is the layer's next required option, then its
activation; key=value sets any option: dense:10:softmax  conv2d:8:3:relu  quadDense:16:start=random
taylor:degree=5  hyperDense:1:taskHiddenUnits=[5]  featureCross`;

/**
 * Reads a model from `--layers`. Commas inside brackets belong to their value.
 *
 * Throws   UsageError on an unknown layer or option, a missing or a superfluous value
 *
 * @example
 * parseLayers('featureCross,dense:1') // featureCross({}), dense({ units: 1 })
 */
export function parseLayers(text: string): LayerChoice[] {
  return splitOutsideBrackets(text, ',').map(parseLayer);
}

function parseLayer(text: string): LayerChoice {
  const [name = '', ...values] = splitOutsideBrackets(text, ':');
  const spec = lookUp<LayerSpec>(layers, name.trim(), {
    subject: '--layers',
    kind: 'layer',
    listCommand: 'polyneuron layers',
  });
  const required = Object.keys(spec.required ?? {});
  const known = [...required, ...Object.keys(spec.defaults)];
  // `activation` may itself be required, as it is of the activation layer
  const bare = [...required, ...('activation' in spec.defaults ? ['activation'] : [])];
  const config: Record<string, unknown> = {};
  for (const value of values) {
    const at = value.indexOf('=');
    const option = at > 0 ? value.slice(0, at) : bare.find((next) => !(next in config));
    if (option === undefined) throw superfluous(text, value, known);
    if (!known.includes(option)) throw unknownOption(text, option, known);
    config[option] = parseValue(at > 0 ? value.slice(at + 1) : value);
    if (option === 'activation') {
      lookUp(activations, String(config.activation), { subject: `layer '${text}'`, kind: 'activation' });
    }
  }
  const missing = required.find((option) => !(option in config));
  if (missing === undefined) return { spec, config };
  throw new UsageError({
    subject: `layer '${text}'`,
    expected: `${missing} (${(spec.required as Record<string, string> | undefined)?.[missing]})`,
    received: 'none',
    fix: `write ${spec.name}:VALUE`,
  });
}

/** Splits at a separator that stands outside [] and {}. */
function splitOutsideBrackets(text: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('[{'.includes(character)) depth++;
    if (']}'.includes(character)) depth--;
    if (character === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function superfluous(text: string, value: string, known: readonly string[]): UsageError {
  return new UsageError({
    subject: `layer '${text}'`,
    expected: 'no further bare value',
    received: `'${value}'`,
    fix: known.length > 0 ? `write key=value with one of ${known.join(', ')}` : 'leave it out',
  });
}

function unknownOption(text: string, option: string, known: readonly string[]): UsageError {
  const closest = closestName(option, known);
  return new UsageError({
    subject: `layer '${text}'`,
    expected: `options among ${known.join(', ') || 'none at all'}`,
    received: `'${option}'`,
    fix: closest ? `did you mean '${closest}'?` : 'leave it out',
  });
}
