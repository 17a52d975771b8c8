import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor's time that the task took, whatever else the machine does. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export interface TracedSpan {
  /** Milliseconds from now until tasks count, and for how long they do. */
  readonly after: number;
  readonly during: number;
}

/**
 * Tasks of the page's main thread that took over 50 ms of processor time, as Chromium's own trace has them: other
 * processes of a busy machine do not count.
 */
export async function longTasks(page: Page, { after, during }: TracedSpan): Promise<readonly string[]> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] });
  // The span is a number of frames that the page itself draws, not a wait of this test
  await page.evaluate(
    (milliseconds) =>
      new Promise<void>((resolve) => {
        const start = performance.now();
        const next = () =>
          performance.now() - start > milliseconds ? resolve() : requestAnimationFrame(next);
        next();
      }),
    after + during,
  );
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const events = trace.traceEvents;
  const mains = events
    .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
    .map(({ pid, tid }) => `${pid}/${tid}`);
  const tasks = events.filter(
    ({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && mains.includes(`${pid}/${tid}`),
  );
  if (tasks.length === 0)
    throw new Error('longTasks expected tasks of the main thread in the trace, got none');
  const start = Math.min(...tasks.map(({ ts }) => ts));
  return tasks
    .filter(({ ts, tdur = 0 }) => ts - start > after * 1000 && tdur > 50_000)
    .map(({ ts, tdur }) => `${tdur! / 1000} ms of processor time at ${(ts - start) / 1000} ms`);
}
