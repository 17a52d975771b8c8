/**
 * @file What the page and its training worker say to each other. The worker computes everything; the page draws.
 *
 * Every message carries the protocol's version once (`init`, `ready`) and the run it belongs to: frames of an older run
 * are void. Frames go by credit: the worker sends one and waits for `drawn`. Arrays of frames are transferred and come
 * back with `drawn`, so that three sets of buffers serve a whole run.
 *
 * Both sides check what they receive: `readToWorker`, `readFromWorker`. A message that is unknown or malformed is an error.
 */
import type { LayerKind } from '../state/network.js';
import type { Settings } from '../state/settings.js';

export const protocolVersion = 1;

/** What computes: 'auto' takes the fastest that passes its self-test. */
export type BackendKey = 'threads' | 'wasm' | 'webgl' | 'javascript';
export type BackendWish = BackendKey | 'auto';

/** Steps per second, or as fast as it goes. */
export type Speed = number | 'max';

/** Which pictures the page shows now; what is not here is not computed. */
export interface ViewWish {
  /** Cells along each side of the surface; 0: none. */
  readonly grid: 0 | 9 | 96 | 192;
  /** The shown square: x1 and x2 from -extent to extent. */
  readonly extent: number;
  readonly weights: boolean;
  readonly residuals: boolean;
  /** Response thumbnails of the first layer's units, 48 cells a side. */
  readonly units: boolean;
  readonly formula: boolean;
}

/** Ours first, then the rival. */
export type Contestant = 0 | 1;

export type ToWorker =
  | { readonly kind: 'init'; readonly version: number; readonly backend: BackendWish }
  | {
      readonly kind: 'configure';
      readonly run: number;
      readonly settings: Settings;
      readonly views: ViewWish;
      readonly points?: PointTable;
    }
  /** Trains until the stop or target of the settings, or 'pause'. Answered by 'done' or 'diverged' when it ends. */
  | { readonly kind: 'run'; readonly run: number; readonly speed: Speed }
  | { readonly kind: 'pause'; readonly run: number }
  /** Trains so many steps as fast as it goes; ends with 'done' for 'paused', 'limit' or 'target'. */
  | { readonly kind: 'step'; readonly run: number; readonly count: number }
  /** Settings whose effect is 'live', speed and views of a run that goes on. */
  | {
      readonly kind: 'set';
      readonly run: number;
      readonly settings?: Partial<Settings>;
      readonly speed?: Speed;
      readonly views?: ViewWish;
    }
  /** The frame of this run is on the screen: the credit for the next, and its buffers back for reuse. */
  | { readonly kind: 'drawn'; readonly run: number; readonly buffers: readonly ArrayBuffer[] }
  /** Shown inputs, all of them. */
  | { readonly kind: 'probe'; readonly run: number; readonly point: readonly number[] }
  | {
      readonly kind: 'edit';
      readonly run: number;
      readonly contestant: Contestant;
      readonly weight: string;
      readonly index: number;
      readonly value: number;
    }
  | { readonly kind: 'snapshot'; readonly run: number }
  | { readonly kind: 'restore'; readonly run: number; readonly snapshot: Snapshot }
  | { readonly kind: 'export'; readonly run: number; readonly contestant: Contestant }
  /** Puts the model in the place of our network and starts again with its weights; answered by 'configured' and a frame. */
  | { readonly kind: 'import'; readonly run: number; readonly model: ModelFiles }
  /**
   * The settings of the run from other seeds, without pictures: a 'repeated' after each, all results so far. Another
   * 'repeat' or 'sweep', 'configure' or 'pause' ends it.
   */
  | { readonly kind: 'repeat'; readonly run: number; readonly seeds: readonly number[] }
  /** The same at other learning rates, from the seeds of the run and to its stop, whatever its target: 'swept' after each. */
  | { readonly kind: 'sweep'; readonly run: number; readonly rates: readonly number[] }
  | { readonly kind: 'dispose' };

export type FromWorker =
  | { readonly kind: 'ready'; readonly version: number; readonly capabilities: Capabilities }
  | {
      readonly kind: 'configured';
      readonly run: number;
      /** Those of the run: what was asked for, or after 'import' with the network of the model that was read. */
      readonly settings: Settings;
      readonly problem: Problem;
      readonly contestants: readonly [ContestantInfo, ContestantInfo];
      readonly notices: readonly string[];
    }
  | Frame
  | {
      readonly kind: 'probed';
      readonly run: number;
      readonly point: readonly number[];
      /** Probability, predicted target, or the class; not finite where the network overflows there. */
      readonly values: readonly [number, number];
    }
  | { readonly kind: 'snapshot'; readonly run: number; readonly snapshot: Snapshot }
  | {
      readonly kind: 'exported';
      readonly run: number;
      readonly contestant: Contestant;
      readonly model: ModelFiles;
    }
  | {
      readonly kind: 'repeated';
      readonly run: number;
      readonly results: readonly RepeatResult[];
      readonly isLast: boolean;
    }
  | {
      readonly kind: 'swept';
      readonly run: number;
      readonly results: readonly SweepResult[];
      readonly isLast: boolean;
    }
  | {
      /** Posted as soon as training stands still; the frame of that step comes with the next credit, perhaps later. */
      readonly kind: 'done';
      readonly run: number;
      readonly step: number;
      readonly reason: 'limit' | 'target' | 'paused';
    }
  | {
      readonly kind: 'diverged';
      readonly run: number;
      readonly step: number;
      readonly contestant: Contestant;
      readonly layer: string;
      readonly tensor: string;
    }
  | { readonly kind: 'notice'; readonly run: number; readonly text: string }
  | {
      readonly kind: 'error';
      readonly run: number;
      readonly code: ErrorCode;
      readonly text: string;
      readonly isRecoverable: boolean;
    };

export type ErrorCode = 'protocol' | 'data' | 'network' | 'backend-lost' | 'memory' | 'internal';

export interface Capabilities {
  readonly backend: BackendKey;
  readonly backends: readonly {
    readonly backend: BackendKey;
    readonly isAvailable: boolean;
    readonly device: string;
    readonly reason?: string;
  }[];
  readonly isIsolated: boolean;
}

/** Points that the visitor drew or pasted: two features and a target each. */
export interface PointTable {
  readonly isClassification: boolean;
  readonly points: readonly (readonly [x1: number, x2: number, y: number])[];
}

/** What a data set asks for. */
export interface Problem {
  readonly task: 'binary' | 'regression' | 'classes';
  readonly inputNames: readonly string[];
  /** 'plane': the two inputs; 'slice': the first two, others 0; 'images': samples with their classes instead of a surface. */
  readonly view: 'plane' | 'slice' | 'images';
  /** Row by row, as the networks see them: x of every sample, inputs.length numbers each. */
  readonly x: Float32Array;
  /** One per sample: 0 or 1, the class, or the target. */
  readonly y: Float32Array;
  readonly isTest: Uint8Array;
  /** Largest |target|, the fixed scale of surfaces of a regression; 1 for classes. */
  readonly targetScale: number;
  /** shown = center + half · x, one per input: 0 and 1 but for pasted tables, whose columns are brought to [-1, 1]. */
  readonly inputScales: readonly { readonly center: number; readonly half: number }[];
  /** The score in words: 'test accuracy' or 'test RMSE'. */
  readonly scoreTitle: string;
  readonly imageShape?: readonly [height: number, width: number];
  readonly classNames?: readonly string[];
}

export interface ContestantInfo {
  /** 'quadratic neuron', 'dense net 2 + 1' */
  readonly title: string;
  readonly parameters: number;
  readonly flopsPerStep: number;
  /** Degree of the output as a polynomial of the inputs; undefined where it is none. */
  readonly degree?: number;
  /** Where each weight stands in the packed array of a frame. */
  readonly weights: readonly WeightPlace[];
  readonly layers: readonly {
    readonly title: string;
    readonly layer: LayerKind | 'features';
    readonly units: number;
    readonly activation: string;
    /** Added on top because the last layer of the settings has not the outputs of the problem, or an activation. */
    readonly isHead: boolean;
  }[];
}

export interface WeightPlace {
  /** Unique in the network, the parameter after the slash: 'layer0/kernelS'. What 'edit' asks for. */
  readonly name: string;
  /** Index in `layers`. */
  readonly layer: number;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly count: number;
}

export interface Score {
  readonly trainLoss: number;
  readonly testLoss: number;
  /** Test accuracy in [0, 1], or RMSE in the target's units. */
  readonly score: number;
  readonly stepsToTarget?: number;
  readonly secondsToTarget?: number;
}

export interface Frame {
  readonly kind: 'frame';
  readonly run: number;
  readonly step: number;
  /** Of training alone. */
  readonly seconds: number;
  readonly stepsPerSecond: number;
  readonly scores: readonly [Score, Score];
  /** New points of the curves since the last frame: 5 numbers each: step, ours train, ours test, rival train, rival test. */
  readonly history: Float32Array;
  /**
   * Row by row from (-extent, extent) rightwards and down, at the centers of the cells: probability of class 1, or the
   * predicted target in its own units. One per contestant.
   */
  readonly grids?: readonly [Float32Array, Float32Array];
  readonly gridSize: number;
  /** All weights of a contestant; `ContestantInfo.weights` says where each stands. */
  readonly weights?: readonly [Float32Array, Float32Array];
  /** Target minus prediction of every sample. */
  readonly residuals?: readonly [Float32Array, Float32Array];
  readonly units?: readonly [readonly Float32Array[], readonly Float32Array[]];
  readonly formula?: Formula;
  /** Classes that ours and the rival give to the shown test samples; view 'images' alone. */
  readonly predictions?: readonly [Float32Array, Float32Array];
}

/** What our network computes, as a polynomial of the shown inputs (of its logit where the task is binary). */
export interface Formula {
  readonly isExact: boolean;
  readonly terms: readonly { readonly coefficient: number; readonly exponents: readonly number[] }[];
  readonly degree: number;
  /** Largest difference to the network on the shown grid, as a share of the network's range there. */
  readonly largestGap: number;
  /** Of a polynomial of degree 2 in two variables. */
  readonly conic?: {
    readonly name: string;
    readonly center?: readonly [number, number];
    readonly radii?: readonly [number, number];
    readonly angle?: number;
  };
}

export interface Snapshot {
  readonly settings: Settings;
  readonly step: number;
  readonly seconds: number;
  /** Everything that the training step keeps: weights, optimizer slots, by name; one table per contestant. */
  readonly state: readonly [
    Readonly<Record<string, Float32Array | Float64Array | Int32Array>>,
    Readonly<Record<string, Float32Array | Float64Array | Int32Array>>,
  ];
  readonly history: Float32Array;
}

/** A model as tf.loadLayersModel reads it. */
export interface ModelFiles {
  /** model.json */
  readonly topology: string;
  readonly weights: Uint8Array;
}

/** How a run without pictures ended. */
export interface TrialResult {
  readonly outcome: 'limit' | 'target' | 'diverged';
  readonly scores: readonly [Score, Score];
}

export interface RepeatResult extends TrialResult {
  /** Of the data and of the weights. */
  readonly seed: number;
}

export interface SweepResult extends TrialResult {
  readonly rate: number;
}
