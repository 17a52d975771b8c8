import type { Browser } from 'playwright-core';
import type { NumberedAnswer, NumberedRequest } from '../protocol.js';
import type { TransportEvents } from '../remoteProcess.js';
import { findBrowser, requireBrowser } from './findBrowser.js';

/** A browser with one page, whose worker answers. */
export interface OpenWorker {
  ask(request: NumberedRequest): Promise<NumberedAnswer>;
  /** Of the renderer and of the GPU process. */
  processIds(): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** What the page keeps between two calls from here. */
interface PageScope {
  askWorker(request: NumberedRequest): Promise<NumberedAnswer>;
}

const theEnd = 'the end of the browser';

/** Starts a browser and in it the worker `/worker.js` of a site. Throws Error where there is none. */
export async function openWorker(
  origin: string,
  flags: readonly string[],
  { onEnd }: Pick<TransportEvents, 'onEnd'>,
): Promise<OpenWorker> {
  const { chromium } = await import('playwright-core');
  const executablePath = requireBrowser(findBrowser());
  // Interrupts are the application's; when this process exits, Playwright ends the browser
  const handling = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  const browser = await chromium.launch({ executablePath, args: [...flags], ...handling });
  browser.on('disconnected', () => onEnd(theEnd));
  try {
    const page = await browser.newPage();
    page.on('crash', () => onEnd('a crash of its page'));
    await page.goto(origin);
    await page.evaluate(startWorker, '/worker.js');
    return {
      ask: (request) => page.evaluate(askWorker, request).catch(rethrow),
      processIds: () => computingProcesses(browser),
      close: () => browser.close(),
    };
  } catch (cause) {
    await browser.close();
    throw cause;
  }
}

/** Runs in the page, without anything around it. */
function startWorker(url: string): void {
  const worker = new Worker(url, { type: 'module' });
  const waiting = new Map<number, { resolve(answer: NumberedAnswer): void; reject(cause: Error): void }>();
  worker.onmessage = ({ data }) => {
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
  };
  worker.onerror = ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message || 'its script does not load'));
  };
  (globalThis as unknown as PageScope).askWorker = (request) =>
    new Promise((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
      worker.postMessage(request);
    });
}

/** Runs in the page. */
function askWorker(request: NumberedRequest): Promise<NumberedAnswer> {
  return (globalThis as unknown as PageScope).askWorker(request);
}

/** Without the name of Playwright's function; calls reject before the end of the browser is told. */
function rethrow(cause: unknown): never {
  const message = (cause as Error).message.replace(/^page\.evaluate: (Error: )?/, '');
  throw new Error(/browser has been closed/.test(message) ? theEnd : message);
}

/** Source   Chrome DevTools Protocol, SystemInfo.getProcessInfo */
async function computingProcesses(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU').map(({ id }) => id);
}
