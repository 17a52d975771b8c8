import type { ViewWish } from '../protocol/messages.js';

/** A picture of the run that some part of the page can show. */
export type ViewName = 'surface' | 'weights' | 'residuals' | 'units' | 'formula';

/** Which pictures are on screen now, counted: two surfaces wish for the same grid. */
export class ViewWishes {
  private readonly counts = new Map<ViewName, number>();

  add(view: ViewName): void {
    this.counts.set(view, (this.counts.get(view) ?? 0) + 1);
  }

  remove(view: ViewName): void {
    this.counts.set(view, Math.max(0, (this.counts.get(view) ?? 0) - 1));
  }

  /** Surfaces are finer while nothing moves. */
  read(isRunning: boolean, extent: number): ViewWish {
    const has = (view: ViewName) => (this.counts.get(view) ?? 0) > 0;
    return {
      grid: has('surface') ? (isRunning ? 96 : 192) : 0,
      extent,
      weights: has('weights'),
      // Which samples are wrong is read from the residuals
      residuals: has('residuals') || has('surface'),
      units: has('units'),
      formula: has('formula'),
    };
  }
}
