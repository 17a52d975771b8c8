import { findBrowser, serve, softwareFlags } from '@polyneuron/bench/node';
import { chromium } from 'playwright-core';
import { bundle } from './bundle.js';

/** A page of a real browser that calls functions of this workspace. */
export interface TestPage {
  /** Calls an exported function of the entry in the page; arguments and result travel as JSON. */
  call<T>(name: string, ...values: readonly unknown[]): Promise<T>;
  /** What the page wrote to its console, and errors that nobody caught. */
  readonly console: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens a cross-origin-isolated page with the exports of one source file, bundled.
 *
 * Throws   Error when there is no browser, or the page does not load
 */
export async function openPage(entry: string): Promise<TestPage> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('openPage expected a Chromium on this machine, got none');
  const site = await serve();
  site.add('/entry.js', await bundle(entry));
  const browser = await chromium.launch({ executablePath, args: [...softwareFlags] });
  const lines: string[] = [];
  const close = async () => {
    await browser.close();
    await site.close();
  };
  try {
    const page = await browser.newPage();
    page.on('console', (message) => lines.push(message.text()));
    page.on('pageerror', (error) => lines.push(String(error)));
    await page.goto(site.origin);
    await page.evaluate("import('/entry.js').then((module) => { globalThis.entry = module; })");
    return {
      call: (name, ...values) =>
        page.evaluate(
          ([called, given]) => {
            const { entry: module } = globalThis as unknown as {
              readonly entry: Record<string, (...values: unknown[]) => unknown>;
            };
            return module[called as string](...(given as unknown[]));
          },
          [name, values] as const,
        ) as Promise<never>,
      console: lines,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
