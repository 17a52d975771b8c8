import type { Frame } from '../protocol/messages.js';
import type { Surroundings } from './surroundings.js';

export interface FrameGateOptions {
  readonly surroundings: Pick<Surroundings, 'now' | 'requestFrame' | 'later'>;
  /** Frames a second at most; read at each frame. */
  readonly rate: () => number;
  /** Paints a frame. */
  readonly show: (frame: Frame) => void;
  /** Gives the worker its credit back, with buffers that the page needs no longer. */
  readonly giveBack: (run: number, buffers: readonly ArrayBuffer[]) => void;
}

/** Parts that a frame may be without; the page goes on showing the last one. */
const parts = ['grids', 'weights', 'residuals', 'units', 'formula', 'predictions'] as const;

/**
 * One frame at a time from worker to screen: painted before the next repaint, not more often than the rate, and only
 * then is the next one asked for.
 *
 * A frame that lacks a part is shown with the last one of it. Arrays go back when a newer one took their place, so that
 * the page always holds the latest of each for probes, themes and exports.
 */
export class FrameGate {
  private readonly options: FrameGateOptions;
  private shown: Frame | undefined;
  private shownAt = Number.NEGATIVE_INFINITY;
  /** Frames of another run are void. */
  private run = 0;

  constructor(options: FrameGateOptions) {
    this.options = options;
  }

  reset(run: number): void {
    this.run = run;
    this.shown = undefined;
  }

  accept(frame: Frame): void {
    const { surroundings, rate } = this.options;
    const wait = this.shownAt + 1000 / rate() - surroundings.now();
    const paint = () => surroundings.requestFrame(() => this.paint(frame));
    // Repaints are 16 ms apart: waiting for less than half of that would lose one
    if (wait > 8) surroundings.later(wait - 8, paint);
    else paint();
  }

  private paint(frame: Frame): void {
    if (frame.run !== this.run) return;
    const before = this.shown;
    const whole = before ? fillIn(frame, before) : frame;
    this.shown = whole;
    this.shownAt = this.options.surroundings.now();
    this.options.show(whole);
    this.options.giveBack(frame.run, before ? replacedBuffers(before, whole) : []);
  }
}

function fillIn(frame: Frame, before: Frame): Frame {
  const kept = parts.filter((part) => frame[part] === undefined && before[part] !== undefined);
  const isGridKept = kept.includes('grids');
  return {
    ...frame,
    ...Object.fromEntries(kept.map((part) => [part, before[part]])),
    ...(isGridKept && { gridSize: before.gridSize }),
  };
}

/** Buffers of a frame that the next one has no more. */
function replacedBuffers(before: Frame, after: Frame): readonly ArrayBuffer[] {
  const kept = new Set(buffersOf(after));
  return buffersOf(before).filter((buffer) => !kept.has(buffer));
}

function buffersOf({ grids, weights, residuals, units, predictions }: Frame): readonly ArrayBuffer[] {
  const arrays = [grids, weights, residuals, units?.flat(), predictions].flatMap((group) => group ?? []);
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))].filter((one) => one.byteLength > 0);
}
