import type { Page } from 'playwright-core';
import { processorMs, type Trace, traceWhile } from './trace.js';

/** What a visitor does, by its name. */
export type Interactions = Readonly<Record<string, (page: Page) => Promise<void>>>;

interface EventTiming {
  readonly data?: {
    /** 0: an event that is no part of a click, tap or key press. */
    readonly interactionId: number;
    readonly timeStamp: number;
    /** When the paint that follows was handed on; what it takes until then is the page's own. */
    readonly commitFinishTime?: number;
  };
}

/**
 * Processor time of the main thread from each interaction to the next paint, in ms: the tasks that it waits for, its
 * handlers, style, layout and paint. An interaction of several events counts by its longest.
 */
export async function interactionWork(
  page: Page,
  interactions: Interactions,
): Promise<Record<string, number>> {
  const trace = await traceWhile(page, async () => {
    for (const [name, act] of Object.entries(interactions)) {
      await page.evaluate((mark) => performance.mark(mark), markOf(name));
      await act(page);
      // The next interaction is no part of this one's frame
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
    }
    await waitForPaints(page);
  });
  return Object.fromEntries(Object.keys(interactions).map((name) => [name, longest(trace, name)]));
}

/**
 * Resolves once the screen shows what came of every interaction so far: they are told in their order, and a page is
 * told of those of 16 ms or more, so that a slow one is made to come last.
 */
async function waitForPaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    addEventListener('keydown', ({ timeStamp }) => {
      performance.mark('last interaction');
      while (performance.now() < timeStamp + 32);
      document.body.style.opacity = '0.99';
      new PerformanceObserver((list) => {
        if (list.getEntries().some(({ startTime }) => startTime === timeStamp)) performance.mark('painted');
      }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
    });
  });
  await page.keyboard.press('F9');
  await page.waitForFunction(() => performance.getEntriesByName('painted').length > 0);
}

function longest(trace: Trace, name: string): number {
  const main = trace.tasks('CrRendererMain');
  const [{ at: begin }] = trace.events(markOf(name));
  const laterMarks = trace.events(/^interaction: /).filter(({ at }) => at > begin);
  const end = Math.min(...laterMarks.map(({ at }) => at));
  const events = trace.events('EventTiming').flatMap(({ at, args }) => {
    const { data } = (args ?? {}) as EventTiming;
    const isOwn = data !== undefined && data.interactionId > 0 && at >= begin && at < end;
    return isOwn && data.commitFinishTime ? [{ at, untilPaint: data.commitFinishTime - data.timeStamp }] : [];
  });
  if (events.length === 0)
    throw new Error(`interactionWork expected ${name} to be followed by a paint, got none`);
  // The page has no part in what the last one does
  const [{ at: last }] = trace.events('last interaction');
  return Math.max(
    ...events.map(({ at, untilPaint }) => processorMs(main, at, Math.min(last, at + untilPaint))),
  );
}

const markOf = (name: string) => `interaction: ${name}`;
