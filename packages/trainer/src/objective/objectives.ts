/** @file The losses and metrics that a model was compiled with, as records: one objective per output. */
import { type LossSpec, losses } from '@polyneuron/kernels';
import type { UnsupportedPart } from '../errors.js';
import type { ModelInternals, ObjectiveIdentifier } from '../model/modelInternals.js';
import { describeIdentifier, identify } from './identify.js';
import { type MetricTerm, metricTerm } from './metricTerms.js';

export interface Objective {
  readonly outputName: string;
  readonly loss: LossSpec;
  readonly metrics: readonly MetricTerm[];
}

export interface Objectives {
  /** In the order of the model's outputs. */
  readonly perOutput: readonly Objective[];
  /** What tfjs calls the total loss, the losses of several outputs, and the metrics: the keys of logs and History. */
  readonly labels: readonly string[];
  readonly unsupported: readonly UnsupportedPart[];
}

const knownLosses = new Map(
  Object.values(losses).flatMap((spec) => [spec.name, ...spec.aliases].map((name) => [name, spec] as const)),
);

export function resolveObjectives(model: ModelInternals): Objectives {
  const unsupported: UnsupportedPart[] = [];
  const perOutput: Objective[] = [];
  const lossIdentifiers = identifiersOfLosses(model);
  const metricIdentifiers = identifiersOfMetrics(model);
  model.outputNames.forEach((outputName, at) => {
    const loss = findLoss(lossIdentifiers[at], outputName, unsupported);
    const metrics = metricIdentifiers[at].flatMap((identifier) => {
      const term = metricTerm(identifier, loss, model.outputs[at].shape);
      const reason = term ? misfit(term, loss) : 'it is not one of ours';
      if (!reason) return term ?? [];
      unsupported.push({
        kind: 'metric',
        name: `${describeIdentifier(identifier)} of ${outputName}`,
        reason,
      });
      return [];
    });
    if (loss) perOutput.push({ outputName, loss, metrics });
  });
  return { perOutput, labels: dedupe(model.metricsNames), unsupported };
}

function findLoss(
  identifier: ObjectiveIdentifier | undefined,
  outputName: string,
  unsupported: UnsupportedPart[],
): LossSpec | undefined {
  const name = identifier === undefined ? undefined : identify(identifier);
  const loss = name === undefined ? undefined : knownLosses.get(name);
  if (!loss) {
    const reason =
      identifier === undefined ? 'the model was compiled without a loss for it' : 'it is not one of ours';
    unsupported.push({
      kind: 'loss',
      name:
        identifier === undefined ? `of ${outputName}` : `${describeIdentifier(identifier)} of ${outputName}`,
      reason,
    });
  }
  return loss;
}

/** Targets are either values or class indices, as the loss says: a metric must take the same. */
function misfit(term: MetricTerm, loss: LossSpec | undefined): string | undefined {
  if (!loss || term.targets === 'either' || term.targets === loss.targets) return undefined;
  return loss.targets === 'classIndices'
    ? 'it compares values, but the targets of this loss are class indices'
    : 'it needs class indices, but the targets of this loss are values';
}

function identifiersOfLosses({
  loss,
  outputNames,
}: ModelInternals): readonly (ObjectiveIdentifier | undefined)[] {
  if (typeof loss === 'string' || typeof loss === 'function') return outputNames.map(() => loss);
  if (Array.isArray(loss)) return outputNames.map((_, at) => loss[at]);
  return outputNames.map((name) => (loss as Readonly<Record<string, ObjectiveIdentifier>>)[name]);
}

function identifiersOfMetrics({
  metrics,
  outputNames,
}: ModelInternals): readonly (readonly ObjectiveIdentifier[])[] {
  if (metrics === undefined || metrics === null) return outputNames.map(() => []);
  if (typeof metrics === 'string' || typeof metrics === 'function') return outputNames.map(() => [metrics]);
  // A list holds for every output.
  if (Array.isArray(metrics)) return outputNames.map(() => metrics);
  const byName = metrics as Readonly<Record<string, ObjectiveIdentifier | readonly ObjectiveIdentifier[]>>;
  return outputNames.map((name) => [byName[name] ?? []].flat() as ObjectiveIdentifier[]);
}

/** tfjs numbers labels that occur more than once: acc_0, acc_1. */
function dedupe(labels: readonly string[]): string[] {
  const occurrences = (label: string, among: readonly string[]) =>
    among.filter((other) => other === label).length;
  return labels.map((label, at) =>
    occurrences(label, labels) > 1 ? `${label}_${occurrences(label, labels.slice(0, at))}` : label,
  );
}
