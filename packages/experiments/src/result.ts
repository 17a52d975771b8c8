/** @file What an experiment hands back: the schema of the CLI's `results.json`, and the figures of its HTML report. */
import type { PolynomialTerm } from '@polyneuron/analysis';
import type { ModelReading } from './reading/modelReading.js';

/** Metric keys: `loss`, `mse`, `rmse`, `mae`, `accuracy`; others are named by their experiment. */
export type Metrics = Readonly<Record<string, number>>;

export interface Contender {
  /** Contains the name of the layer that it stands for: 'quadDense autoencoder'. */
  readonly name: string;
  readonly parameters: number;
  readonly epochs: number;
  /** Wall time of training. */
  readonly seconds: number;
  readonly metrics: { readonly train: Metrics; readonly test: Metrics; readonly outOfRange?: Metrics };
  /** One value per epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
}

export interface Published {
  /** The contender's name, so that the two figures can stand side by side; or what the document alone has. */
  readonly name: string;
  /** A metric key, of the test set: 'mse'. Of the other sets: 'train mse', 'outOfRange mse'. */
  readonly metric: string;
  /** null where the document shows a plot and no number. */
  readonly value: number | null;
  readonly note: string;
}

/** A picture of a report. Data only: how it is drawn is the report's business. */
export type Figure =
  | {
      readonly kind: 'curves';
      readonly title: string;
      readonly xLabel: string;
      readonly yLabel: string;
      readonly yScale: 'linear' | 'log';
      readonly series: readonly {
        readonly name: string;
        readonly x: readonly number[];
        readonly y: readonly number[];
      }[];
    }
  | {
      /** Rows of grey images with values from 0 to 1, such as originals above reconstructions. */
      readonly kind: 'images';
      readonly title: string;
      readonly width: number;
      readonly height: number;
      readonly rows: readonly { readonly name: string; readonly images: readonly ArrayLike<number>[] }[];
    }
  | {
      /** Points of two classes and the line weight·x + bias = 0 between them. */
      readonly kind: 'boundary';
      readonly title: string;
      readonly points: readonly { readonly x: number; readonly y: number; readonly isPositive: boolean }[];
      readonly weight: readonly [number, number];
      readonly bias: number;
    }
  | {
      /** An image beside the distribution that a classifier predicts for it. */
      readonly kind: 'distributions';
      readonly title: string;
      readonly width: number;
      readonly height: number;
      readonly classNames: readonly string[];
      readonly items: readonly {
        readonly image: ArrayLike<number>;
        readonly label: number;
        readonly probabilities: readonly number[];
      }[];
    }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
    }
  | {
      /** Strengths of pairs as a heat map: values[i][j] = values[j][i] belongs to names[i] and names[j]. */
      readonly kind: 'matrix';
      readonly title: string;
      /** What the values are: '|∂²y/∂xᵢ∂xⱼ|'. */
      readonly label: string;
      readonly names: readonly string[];
      readonly values: readonly (readonly number[])[];
    }
  | {
      /** The terms that a model has learned beside those of the law behind the data. */
      readonly kind: 'polynomial';
      readonly title: string;
      readonly variables: readonly string[];
      readonly learned: readonly PolynomialTerm[];
      /** Where it is known. A term that it lacks has the coefficient 0. */
      readonly truth?: readonly PolynomialTerm[];
    };

/** What a contender's trained model computes, and the law that its data follow. */
export interface ContenderReading extends ModelReading {
  readonly contender: string;
  readonly truth: readonly PolynomialTerm[];
}

export interface ExperimentResult {
  readonly id: string;
  readonly title: string;
  /** What the document claims and what was done here, with budgets and departures, in plain sentences. */
  readonly summary: string;
  /** Number of the document in the list of seeds: '000' ... '004'. */
  readonly seedDocument: string;
  /** The backend that ran, as its device describes itself. */
  readonly backend: string;
  readonly dataset: string;
  readonly contenders: readonly Contender[];
  readonly published: readonly Published[];
  /** Where a model was read. */
  readonly readings?: readonly ContenderReading[];
  /** Left out of `results.json`. */
  readonly figures: readonly Figure[];
}
