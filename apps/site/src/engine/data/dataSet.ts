import type { Task } from '../../state/datasets.js';

/** shown = center + half · seen: how what the page shows and what a network sees belong together. */
export interface Scale {
  readonly center: number;
  readonly half: number;
}

export const unscaled: Scale = { center: 0, half: 1 };

/** Samples as the page shows them; everything that is computed from settings alone. */
export interface Samples {
  readonly task: Task;
  /** Row by row. */
  readonly x: Float32Array<ArrayBuffer>;
  /** 0 or 1, the class, or the target. */
  readonly y: Float32Array<ArrayBuffer>;
}

/** Samples with their split, and as the networks see them. */
export interface DataSet extends Samples {
  readonly count: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly isTest: Uint8Array<ArrayBuffer>;
  readonly trainRows: Int32Array;
  readonly testRows: Int32Array;
  readonly inputScales: readonly Scale[];
  readonly targetScale: Scale;
  readonly seenX: Float32Array;
  readonly seenY: Float32Array;
}
