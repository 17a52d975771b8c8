import type { Backend } from '@polyneuron/backend';
import type { FromWorker, PointTable, ViewWish } from '../../protocol/messages.js';
import type { Settings } from '../../state/settings.js';
import { BufferPool } from '../run/bufferPool.js';
import { describeContestants, describeProblem, noticesOf } from '../run/describeRun.js';
import { Duel } from '../run/duel.js';
import { FrameMaker } from './frameMaker.js';

/** Buffers of one size that are kept: three sets for two contestants. */
const keptBuffers = 6;

/** A configured run: the duel, its frames, and what the page wants to see of it. */
export class Run {
  readonly id: number;
  readonly duel: Duel;
  readonly frames: FrameMaker;
  readonly pool: BufferPool;
  readonly points: PointTable | undefined;
  views: ViewWish;
  /** One frame may be out; the next waits for it to be drawn. */
  hasCredit = true;
  /** Something is different from the last frame. */
  isStale = true;
  lastFrameMs = 0;

  private constructor(id: number, backend: Backend, duel: Duel, views: ViewWish, points?: PointTable) {
    this.id = id;
    this.duel = duel;
    this.views = views;
    this.points = points;
    this.pool = new BufferPool(keptBuffers);
    this.frames = new FrameMaker(backend, duel, this.pool);
  }

  static async create(
    id: number,
    backend: Backend,
    settings: Settings,
    views: ViewWish,
    points?: PointTable,
  ): Promise<Run> {
    return new Run(id, backend, await Duel.create(backend, settings, points), views, points);
  }

  configured(): Extract<FromWorker, { kind: 'configured' }> {
    const { settings, data } = this.duel;
    return {
      kind: 'configured',
      run: this.id,
      settings,
      problem: describeProblem(settings, data),
      contestants: describeContestants(this.duel),
      notices: noticesOf(settings, data),
    };
  }

  /** Steps before the first picture. */
  async trainSilently(steps: number): Promise<void> {
    while (this.duel.step < steps)
      if ((await this.duel.advance(steps - this.duel.step)).kind !== 'going') return;
  }

  /** Other pictures are wanted. */
  show(views: ViewWish): void {
    if (views.grid !== this.views.grid || views.extent !== this.views.extent) this.frames.dispose();
    this.views = views;
    this.isStale = true;
  }

  dispose(): void {
    this.frames.dispose();
    this.duel.dispose();
  }
}
