import { closeSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Koffi {
  load(path: null): { func(prototype: string): (...fds: number[]) => number };
}

/**
 * Runs `work` with standard error turned away: while it is loaded, TensorFlow writes notices there about how it was compiled, which
 * none of its settings silences. Where the C library cannot be reached, they stay.
 */
export function withoutNotices<T>(work: () => T): T {
  const turn = openDescriptors();
  if (!turn) return work();
  const kept = turn.dup(2);
  const nowhere = openSync('/dev/null', 'w');
  turn.dup2(nowhere, 2);
  try {
    return work();
  } finally {
    turn.dup2(kept, 2);
    closeSync(kept);
    closeSync(nowhere);
  }
}

interface Descriptors {
  dup(fd: number): number;
  dup2(from: number, to: number): number;
}

function openDescriptors(): Descriptors | undefined {
  try {
    const koffi = createRequire(import.meta.url)('koffi') as Koffi;
    const library = koffi.load(null);
    return { dup: library.func('int dup(int)'), dup2: library.func('int dup2(int, int)') };
  } catch {
    return undefined;
  }
}
