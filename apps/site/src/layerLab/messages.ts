/**
 * @file What a layer page and its worker say to each other. Requests carry a number that rises; an answer carries the
 * number of its request, so that the page can drop what it no longer wants.
 */
import type { Formula } from '../protocol/messages.js';

export type ToLab =
  | {
      readonly kind: 'configure';
      readonly request: number;
      readonly layer: string;
      /** Options of the record, complete but for its defaults. */
      readonly config: LabConfig;
      readonly seed: number;
    }
  | {
      readonly kind: 'draw';
      readonly request: number;
      readonly values: Float64Array;
      readonly output: number;
      readonly extent: number;
    }
  | { readonly kind: 'check'; readonly request: number; readonly values: Float64Array }
  /** Of stacks of a layer, whatever is set up. */
  | { readonly kind: 'depth'; readonly request: number; readonly layer: string };

export type FromLab =
  | {
      readonly kind: 'configured';
      readonly request: number;
      readonly unit: UnitDescription;
      /** What draws it: 'WebAssembly SIMD, 1 thread' or 'float64 interpreter'. */
      readonly device: string;
    }
  /** The record does not take these options; its own words. */
  | { readonly kind: 'refused'; readonly request: number; readonly text: string }
  | { readonly kind: 'drawn'; readonly request: number; readonly picture: UnitPicture }
  | { readonly kind: 'checked'; readonly request: number; readonly report: GradientReport }
  | { readonly kind: 'depth'; readonly request: number; readonly rows: readonly DepthRow[] };

/** Plain data: it travels as JSON in the page. */
export type LabConfig = Readonly<Record<string, unknown>>;

export interface UnitDescription {
  readonly coefficients: readonly CoefficientBlock[];
  /** First values, of the seed, packed block after block. */
  readonly start: Float64Array;
  /** The same plus half a standard normal number each. */
  readonly stepped: Float64Array;
  readonly parameterCount: number;
  /** Elements of one sample's output. */
  readonly outputCount: number;
  /** Of one sample, simplified. */
  readonly forwardFlops: number;
  /** The same with the derivatives by inputs and coefficients. */
  readonly trainingFlops: number;
  readonly parameterBytes: number;
  /** As a polynomial of the inputs; undefined where it is none. */
  readonly degree?: number;
}

export interface CoefficientBlock {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly count: number;
  readonly role: string;
}

export interface UnitPicture {
  readonly gridSize: number;
  readonly extent: number;
  /** gridSize² values, row by row, x1 rightwards and x2 upwards: the first row has the largest x2. */
  readonly surface: Float32Array;
  /** y at x2 = 0 for x1 from -extent to extent. */
  readonly alongX1: Float32Array;
  /** y at x1 = 0 for x2 from -extent to extent. */
  readonly alongX2: Float32Array;
  /** Where the output is a polynomial of few terms. */
  readonly terms?: Formula['terms'];
  /** The curve y = 0 of a polynomial of degree 2. */
  readonly conic?: NonNullable<Formula['conic']>;
}

export interface GradientReport {
  readonly coefficientCount: number;
  readonly inputCount: number;
  readonly largestError: number;
  /** What is allowed where the largest error was found. */
  readonly limit: number;
  /** The derivative that it belongs to: 'kernelS[1, 0]', 'x1 of sample 3'. */
  readonly worst: string;
  readonly passes: boolean;
}

export interface DepthRow {
  /** 'calibrated', 'identity' or 'default'. */
  readonly start: string;
  readonly isDefault: boolean;
  /** Mean signal variance after 1, 2, ... layers. */
  readonly signal: readonly number[];
  /** Mean gradient variance behind 1, 2, ... layers, counted from the last. */
  readonly gradient: readonly number[];
}
