import type { Speed } from '../../protocol/messages.js';

/** Steps that a paced run may fall behind; what is beyond is given up, as after a hidden tab. */
const longestLagMs = 250;

/** How many steps are due, and how long to wait for the next. */
export class Pace {
  private speed: Speed;
  /** Time at which step 0 of the pace would have been. */
  private fromMs: number;
  private taken = 0;

  constructor(speed: Speed, nowMs: number) {
    this.speed = speed;
    this.fromMs = nowMs;
  }

  set(speed: Speed, nowMs: number): void {
    this.speed = speed;
    this.fromMs = nowMs;
    this.taken = 0;
  }

  /** Infinity at full speed. */
  due(nowMs: number): number {
    if (this.speed === 'max') return Number.POSITIVE_INFINITY;
    const lag = nowMs - this.fromMs - (1000 * this.taken) / this.speed;
    const allowed = Math.max(longestLagMs, 1000 / this.speed);
    if (lag > allowed) this.fromMs += lag - allowed;
    return Math.max(0, Math.floor(((nowMs - this.fromMs) * this.speed) / 1000) - this.taken);
  }

  take(steps: number): void {
    this.taken += steps;
  }

  /** Milliseconds until a step is due. */
  wait(nowMs: number): number {
    if (this.speed === 'max') return 0;
    return Math.max(0, this.fromMs + (1000 * (this.taken + 1)) / this.speed - nowMs);
  }
}
