/** @file The built site in a real browser, under its production headers, with everything that must not happen written down. */
import { findBrowser, softwareFlags } from '@polyneuron/browser-tests';
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { serveBuilt } from '../../scripts/serveBuilt.mjs';

export interface SiteOptions {
  /** Whether the server sends the headers of cross-origin isolation. default true */
  readonly isIsolated?: boolean;
}

export interface OpenSite {
  readonly origin: string;
  /** A fresh browser context: nothing is shared with other pages. default viewport 1280 x 720 */
  openPage(path: string, options?: BrowserContextOptions): Promise<SitePage>;
  close(): Promise<void>;
}

export interface SitePage {
  readonly page: Page;
  /** Violations of the content security policy, uncaught errors, console errors, and requests off the origin. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** Serves dist/ and starts one browser for it; `npm run build` in apps/site must have run. */
export async function openSite({ isIsolated = true }: SiteOptions = {}): Promise<OpenSite> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('openSite expected a Chromium on this machine, got none');
  const server = await serveBuilt({ isIsolated });
  const browser = await chromium.launch({ executablePath, args: [...softwareFlags] });
  return {
    origin: server.origin,
    async openPage(path, options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 720 },
        baseURL: server.origin,
        ...options,
      });
      const page = await context.newPage();
      const faults: string[] = [];
      watch(page, server.origin, faults);
      await page.goto(path);
      return { page, faults, close: () => context.close() };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

function watch(page: Page, origin: string, faults: string[]): void {
  // Chromium reports violations of the policy, of pages and of their workers, as console errors
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url))
      faults.push(`request off the origin: ${url}`);
  });
}
