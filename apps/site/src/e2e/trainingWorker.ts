/** @file The built training worker, spoken to from a test through an empty page of the site. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import type { BackendKey, FromWorker, RepeatResult } from '../protocol/messages.js';
import { protocolVersion } from '../protocol/messages.js';
import type { Settings } from '../state/settings.js';

const assets = fileURLToPath(new URL('../../dist/assets', import.meta.url));

export interface WorkerTask {
  readonly backend: BackendKey;
  readonly settings: Settings;
  /** Other weight and data seeds to train from. */
  readonly seeds: readonly number[];
}

/** What a browser's worker answers to a repeat of the settings on a backend; throws with the worker's own words. */
export async function repeatInWorker(page: Page, task: WorkerTask): Promise<readonly RepeatResult[]> {
  const script = readdirSync(assets).find((name) => /^training\.worker-.*\.js$/.test(name));
  return page.evaluate(
    ({ url, version, given }) =>
      new Promise<readonly RepeatResult[]>((resolve, reject) => {
        const worker = new Worker(url, { type: 'module' });
        const say = (message: unknown) => worker.postMessage(message);
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
          if (data.kind === 'error') reject(new Error(data.text));
          if (data.kind === 'ready') {
            const { backend } = data.capabilities;
            if (backend !== given.backend)
              reject(new Error(`runs on ${backend}: ${JSON.stringify(data.capabilities)}`));
            const views = {
              grid: 0,
              extent: 1,
              weights: false,
              residuals: false,
              units: false,
              formula: false,
            };
            say({ kind: 'configure', run: 1, settings: given.settings, views });
          }
          if (data.kind === 'configured') say({ kind: 'repeat', run: 1, seeds: given.seeds });
          if (data.kind === 'repeated' && data.isLast) {
            worker.terminate();
            resolve(data.results);
          }
        };
        say({ kind: 'init', version, backend: given.backend });
      }),
    { url: `/assets/${script}`, version: protocolVersion, given: task },
  );
}
