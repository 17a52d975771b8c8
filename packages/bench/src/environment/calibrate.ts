/** A fixed piece of work, done again and again: how much of the machine a thread of this process gets. */
export interface Calibration {
  /** Mean time of a piece over the shortest: 1 where nobody else works, 2 where another takes every second slice. */
  readonly slowdown: number;
  /** Processor time of this process over wall time, at most 1; null where the runtime does not tell. */
  readonly processorShare: number | null;
}

/** What is measured with; tests hand in their own. */
export interface CalibrationWorld {
  readonly now: () => number;
  /** User and system time of the process so far. */
  readonly processorMs?: (() => number) | undefined;
  /** default: `spin` */
  readonly work?: () => void;
}

const warmUps = 3;
const pieces = 40;
/** Where code is interpreted (--jitless), a piece takes a hundred times as long. */
const limitMs = 1000;

/**
 * Spins for some 130 ms on one thread, in pieces of 3 ms.
 *
 * The shortest piece is what the work takes undisturbed, since others can only add to it: mean / shortest counts every
 * disturbance, of whatever kind. A share of processor time below 1 says that it was others on this machine; a slowdown
 * with the full share, that the processor itself ran slower (neighbours of a virtual machine, its clock lowered).
 *
 * Source   Chen and Revels 2016, Robust benchmarking in noisy environments (noise only adds; the minimum as estimate)
 */
export function calibrate({ now, processorMs, work = spin }: CalibrationWorld): Calibration {
  const begun = now();
  for (let at = 0; at < warmUps; at++) work();
  const [started, processorStarted] = [now(), processorMs?.() ?? 0];
  let shortest = Number.POSITIVE_INFINITY;
  let done = 0;
  let last = started;
  while (done < pieces && (done < warmUps || last - begun < limitMs)) {
    const before = last;
    work();
    last = now();
    done++;
    // A clock may stand still for longer than a piece
    if (last > before) shortest = Math.min(shortest, last - before);
  }
  const wallMs = last - started;
  const isMeasured = Number.isFinite(shortest) && wallMs > 0;
  return {
    slowdown: isMeasured ? wallMs / done / Math.min(shortest, wallMs / done) : 1,
    processorShare:
      processorMs && isMeasured ? Math.min(1, (processorMs() - processorStarted) / wallMs) : null,
  };
}

const iterations = 2_000_000;
let state = 1;

/** Integer work in registers (xorshift); the state is kept, so that no compiler may leave it out. */
function spin(): void {
  let x = state;
  for (let at = 0; at < iterations; at++) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
  }
  state = x;
}
