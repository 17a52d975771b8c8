import type { Backend } from '@polyneuron/backend';
import type { ImageSource } from './images.js';
import type { Progress } from './progress.js';
import type { ExperimentResult } from './result.js';

/** What an experiment gets. */
export interface ExperimentContext {
  readonly backend: Backend;
  /** The documents' own sizes instead of those that fit into three minutes together. */
  readonly isFull: boolean;
  /** Every random number of the run derives from it. */
  readonly seed: number;
  /** Real images. default: glyphs drawn by a program, and the results say so */
  readonly images?: ImageSource;
  readonly progress: Progress;
}

/** One experiment of a seed document. */
export interface ExperimentSpec {
  readonly id: string;
  readonly title: string;
  /** Number of the document in the list of seeds. */
  readonly seedDocument: string;
  run(context: ExperimentContext): Promise<ExperimentResult>;
}
