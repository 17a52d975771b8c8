import type { PolynomialTerm } from '@polyneuron/analysis';
import type { Sequential } from '@tensorflow/tfjs-layers';
import { isRead } from './reading/modelReading.js';
import { type ReadModelOptions, readModel } from './reading/readModel.js';
import type { ContenderReading, Figure } from './result.js';

export interface ContenderToRead extends Omit<ReadModelOptions, 'tolerance'> {
  readonly contender: string;
  readonly model: Sequential;
  /** The law behind the data. */
  readonly truth: readonly PolynomialTerm[];
}

/** What a contender has learned, and the figures of it. */
export async function readContender({ contender, model, truth, ...options }: ContenderToRead): Promise<{
  readonly reading: ContenderReading;
  readonly figures: readonly Figure[];
}> {
  const read = await readModel(model, options);
  const { polynomial, interactions } = read;
  const figures: Figure[] = [];
  if (isRead(polynomial)) {
    figures.push({
      kind: 'polynomial',
      title: `The polynomial that ${contender} learned`,
      variables: polynomial.variables,
      learned: polynomial.terms,
      truth,
    });
  }
  if (isRead(interactions)) {
    figures.push({
      kind: 'matrix',
      title: `Strengths of pairs in ${contender}`,
      label: '|∂²y/∂xᵢ∂xⱼ|',
      names: interactions.names,
      values: interactions.values,
    });
  }
  return { reading: { contender, ...read, truth }, figures };
}
