/** @file The most memory that processes held, as Linux counts it. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Preparation } from '../contenders/contender.js';

/** A preparation in other processes that tells the most memory they held from its begin on. */
export async function preparedWithMemory(
  processIds: () => Promise<readonly number[]>,
  prepare: () => Promise<Preparation>,
): Promise<Preparation> {
  await resetResidentPeak(await processIds());
  const preparation = await prepare();
  if ('unsupported' in preparation) return preparation;
  return { ...preparation, memoryBytes: async () => residentPeak(await processIds()) };
}

/**
 * Begins a new count: the highest resident size becomes the present one.
 *
 * Source   proc_pid_clear_refs(5): writing 5 resets the high water mark of the resident set
 */
async function resetResidentPeak(processIds: readonly number[]): Promise<void> {
  await Promise.allSettled(processIds.map((id) => writeFile(`/proc/${id}/clear_refs`, '5')));
}

/** Sum of the high water marks (VmHWM) in bytes; pages that processes share count in each. undefined: not told here. */
async function residentPeak(processIds: readonly number[]): Promise<number | undefined> {
  if (processIds.length === 0) return undefined;
  try {
    const peaks = await Promise.all(processIds.map(peakOf));
    return peaks.reduce((sum, bytes) => sum + bytes, 0);
  } catch {
    // Another system, or a process that has just ended
    return undefined;
  }
}

async function peakOf(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8');
  const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  if (kibibytes === undefined) throw new Error('no VmHWM');
  return 1024 * Number(kibibytes);
}
