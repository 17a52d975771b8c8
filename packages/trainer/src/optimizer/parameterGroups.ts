/** @file Groups of weights that learn otherwise than the rest: which weights they have, and what holds for them. */
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { type AdaptedParameter, adaptLayer } from '../model/adaptLayer.js';
import { layersOf } from '../model/collectUnsupported.js';
import type { ModelInternals } from '../model/modelInternals.js';
import { checkNumber, describe, isRecord, type Problems } from './problems.js';

/**
 * Weights by the names of their layer and of their own, as the layer's record calls it ('kernelG', 'bias'): a string
 * is the whole name, a RegExp finds a part of it. A name that is left out matches any.
 */
export interface ParameterMatch {
  readonly layer?: string | RegExp;
  readonly weight?: string | RegExp;
}

export interface ParameterGroupArgs {
  /** Which weights. default: those whose record names this group, `ParameterSpec.group` */
  readonly match?: ParameterMatch;
  /** The group learns at this many times the learning rate. default 1 */
  readonly learningRateFactor?: number;
  /**
   * Decoupled weight decay λ: every step takes η λ of a weight's distance to its start away, η being the learning rate
   * without the factor. It stands in place of the optimizer's own. default: the optimizer's own λ (adamW), else 0
   */
  readonly decay?: number;
}

/** Groups by name. A weight is in one group at most. */
export type ParameterGroups = Readonly<Record<string, ParameterGroupArgs>>;

/** What holds for one weight. */
export interface WeightRule {
  readonly learningRateFactor: number;
  readonly decay: number | undefined;
  /** The one number that its law starts from (zeros, ones, a constant); undefined for a random law. */
  readonly startValue: number | undefined;
}

export type WeightRules = ReadonlyMap<LayerVariable, WeightRule>;

interface Candidate extends AdaptedParameter {
  readonly layer: string;
}

/** The rule of every weight that is in a group. */
export function readParameterGroups(model: ModelInternals, given: unknown, problems: Problems): WeightRules {
  const rules = new Map<LayerVariable, WeightRule>();
  if (given === undefined || given === null) return rules;
  if (!isRecord(given)) {
    problems.add('parameterGroups', `expected groups by name, got ${describe(given)}`);
    return rules;
  }
  const weights = trainedParameters(model);
  const taken = new Map<LayerVariable, string>();
  for (const [name, group] of Object.entries(given)) {
    const path = `parameterGroups.${name}`;
    if (!isRecord(group)) {
      problems.add(path, `expected { learningRateFactor, decay, match }, got ${describe(group)}`);
      continue;
    }
    if (!checkGroup(path, group, problems)) continue;
    const { match, learningRateFactor = 1, decay } = group as ParameterGroupArgs;
    const members = weights.filter((weight) => (match ? isMatch(match, weight) : weight.group === name));
    if (members.length === 0) problems.add(path, nobody(name, match, weights));
    for (const { variable, layer, name: weight, startValue } of members) {
      const other = taken.get(variable);
      if (other) problems.add(path, `${weight} of ${layer} is in ${other} already: a weight has one group`);
      taken.set(variable, name);
      rules.set(variable, { learningRateFactor, decay, startValue });
    }
  }
  return rules;
}

function trainedParameters(model: ModelInternals): Candidate[] {
  const trained = new Set(model.collectedTrainableWeights.filter(({ trainable }) => trainable));
  return layersOf(model).flatMap((layer) => {
    const adaptation = adaptLayer(layer);
    const parameters = 'adapted' in adaptation ? adaptation.adapted.parameters : [];
    return parameters.flatMap((parameter) =>
      trained.has(parameter.variable) ? [{ ...parameter, layer: layer.name }] : [],
    );
  });
}

/** Notes what is wrong with a group; whether its members can be looked for all the same. */
function checkGroup(path: string, group: Readonly<Record<string, unknown>>, problems: Problems): boolean {
  for (const option of Object.keys(group))
    if (!['match', 'learningRateFactor', 'decay'].includes(option))
      problems.add(`${path}.${option}`, 'no such option; a group takes match, learningRateFactor, decay');
  for (const option of ['learningRateFactor', 'decay'])
    if (group[option] !== undefined) checkNumber(problems, `${path}.${option}`, group[option], 'notNegative');
  const { match } = group;
  if (match === undefined) return true;
  const entries = isRecord(match) ? Object.entries(match) : [];
  const isRight =
    entries.length > 0 &&
    entries.every(
      ([key, value]) =>
        ['layer', 'weight'].includes(key) && (typeof value === 'string' || value instanceof RegExp),
    );
  if (!isRight)
    problems.add(
      `${path}.match`,
      `expected { layer, weight }, each a name or a RegExp, got ${describe(match)}`,
    );
  return isRight;
}

function isMatch({ layer, weight }: ParameterMatch, candidate: Candidate): boolean {
  return isNamed(layer, candidate.layer) && isNamed(weight, candidate.name);
}

/** `search` ignores the place where a global RegExp stopped the last time. */
function isNamed(pattern: string | RegExp | undefined, name: string): boolean {
  if (pattern === undefined) return true;
  return pattern instanceof RegExp ? name.search(pattern) >= 0 : pattern === name;
}

function nobody(name: string, match: ParameterMatch | undefined, weights: readonly Candidate[]): string {
  const known = weights.map(({ layer, name: weight }) => `${weight} of ${layer}`);
  const list = known.length > 0 ? known.join(', ') : 'none';
  return match
    ? `it matches no trained weight; there are ${list}`
    : `no trained weight's record names the group '${name}': give it a match; there are ${list}`;
}
