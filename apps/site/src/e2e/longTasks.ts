import type { Page } from 'playwright-core';
import { traceWhile } from './trace.js';

export interface TracedSpan {
  /** Milliseconds from now until tasks count, and for how long they do. */
  readonly after: number;
  readonly during: number;
}

/** Tasks of the page's main thread that took over 50 ms of processor time. */
export async function longTasks(page: Page, { after, during }: TracedSpan): Promise<readonly string[]> {
  const trace = await traceWhile(page, () => drawFrames(page, after + during));
  const tasks = trace.tasks('CrRendererMain');
  const begin = Math.min(...tasks.map(({ start }) => start));
  return tasks
    .filter(({ start, processorMs }) => start - begin > after && processorMs > 50)
    .map(({ start, processorMs }) => `${processorMs} ms of processor time at ${start - begin} ms`);
}

/** Resolves after so many milliseconds of frames that the page itself draws: not a wait of the test. */
export async function drawFrames(page: Page, milliseconds: number): Promise<void> {
  await page.evaluate(
    (span) =>
      new Promise<void>((resolve) => {
        const start = performance.now();
        const next = () => (performance.now() - start > span ? resolve() : requestAnimationFrame(next));
        next();
      }),
    milliseconds,
  );
}
