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
  /** Sets of first weights where an experiment tries several; 1 where several seeds are run anyway. default 10 */
  readonly starts?: number;
  /**
   * Longest time in ms without a turn of the event loop while a model trains; 'never' where nothing waits for one, as in
   * a worker that is ended from outside. default 50
   */
  readonly yieldEvery?: number | 'never';
}

/** One experiment of a seed document. */
export interface ExperimentSpec {
  readonly id: string;
  readonly title: string;
  /** Number of the document in the list of seeds. */
  readonly seedDocument: string;
  run(context: ExperimentContext): Promise<ExperimentResult>;
}
