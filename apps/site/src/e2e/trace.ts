/** @file Chromium's own trace of what a page does, in processor time: other processes of a busy machine do not count. */
import type { Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  /** Microseconds since some moment before the trace. */
  readonly ts: number;
  /** Microseconds by the clock. */
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of the processor's time that the task took. */
  readonly tdur?: number;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** A task of a thread. */
export interface Task {
  /** Milliseconds on the trace's clock. */
  readonly start: number;
  readonly end: number;
  readonly processorMs: number;
}

export interface Trace {
  /** Tasks of every thread of that name, in the process of the page. */
  tasks(thread: ThreadName): readonly Task[];
  /** When events of such a name came, on the trace's clock, with what they carry. */
  events(name: string | RegExp): readonly { readonly at: number; readonly args: TraceEvent['args'] }[];
}

export type ThreadName = 'CrRendererMain' | 'DedicatedWorker thread';

/** Outermost tasks; with more categories the same ones come under other names too. */
const taskName = 'ThreadControllerImpl::RunTask';

/** What the page does while `act` runs. */
export async function traceWhile(page: Page, act: () => Promise<void>): Promise<Trace> {
  const browser = page.context().browser()!;
  const categories = ['toplevel', 'devtools.timeline', 'loading', 'blink.user_timing', '__metadata'];
  await browser.startTracing(page, { categories });
  let text = '';
  try {
    await act();
  } finally {
    text = (await browser.stopTracing()).toString();
  }
  const trace = JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] };
  return readTrace(trace.traceEvents);
}

/** Processor time of the tasks of which some part lies in a span of the trace's clock. */
export function processorMs(tasks: readonly Task[], from: number, to = Number.POSITIVE_INFINITY): number {
  return tasks.reduce((sum, task) => (task.end > from && task.start < to ? sum + task.processorMs : sum), 0);
}

function readTrace(events: readonly TraceEvent[]): Trace {
  const idOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  return {
    tasks(thread) {
      const named = events.filter(({ name, args }) => name === 'thread_name' && args?.name === thread);
      const ids = new Set(named.map(idOf));
      const tasks = events.filter((one) => one.name === taskName && one.ph === 'X' && ids.has(idOf(one)));
      if (tasks.length === 0)
        throw new Error(`traceWhile expected tasks of ${thread} in the trace, got none`);
      return tasks.map(({ ts, dur = 0, tdur = 0 }) => ({
        start: ts / 1000,
        end: (ts + dur) / 1000,
        processorMs: tdur / 1000,
      }));
    },
    events(wanted) {
      const isWanted = (name: string) => (typeof wanted === 'string' ? name === wanted : wanted.test(name));
      return events.filter(({ name }) => isWanted(name)).map(({ ts, args }) => ({ at: ts / 1000, args }));
    },
  };
}
