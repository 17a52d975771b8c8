import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import type { StartTransport } from '../remoteProcess.js';
import { type BundlingOptions, bundleModules } from './bundleModules.js';
import { measuringFlags } from './flags.js';
import { openWorker } from './openWorker.js';
import { type Site, serve } from './serve.js';

export interface ChromiumOptions extends BundlingOptions {
  /** File of the module that calls `serveWorker`. */
  readonly entry: string;
  /** Further files that the worker fetches: path on the site, and file here. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One site for all the browsers of a run. */
export interface ChromiumHost {
  /** A browser of its own for each start, with further flags. */
  transport(flags?: readonly string[]): StartTransport;
  close(): Promise<void>;
}

/** Browsers that serve contenders from one module; it is bundled when the first of them starts. */
export function chromiumHost(options: ChromiumOptions): ChromiumHost {
  let site: Promise<Site> | undefined;
  const openSite = () => {
    site ??= buildSite(options);
    return site;
  };
  return {
    transport: (flags = []) => transportTo(openSite, [...measuringFlags, ...flags]),
    close: async () => {
      await (await site?.catch(() => undefined))?.close();
    },
  };
}

async function buildSite({ entry, files = {}, ...bundling }: ChromiumOptions): Promise<Site> {
  const modules = await bundleModules(entry, bundling);
  const contents = await Promise.all(
    Object.entries(files).map(async ([path, file]) => [path, await readFile(file)] as const),
  );
  const site = await serve();
  for (const { path, code } of modules) site.add(path, code);
  for (const [path, content] of contents) site.add(path, content);
  return site;
}

function transportTo(openSite: () => Promise<Site>, flags: readonly string[]): StartTransport {
  return ({ onAnswer, onEnd }) => {
    const opened = openSite().then(({ origin }) => openWorker(origin, flags, { onEnd }));
    opened.catch((cause: unknown) => onEnd(messageOf(cause)));
    return {
      send(request) {
        opened
          .then((worker) => worker.ask(request))
          .then(onAnswer)
          .catch((cause: unknown) => onEnd(messageOf(cause)));
      },
      end() {
        void opened.then((worker) => worker.close()).catch(() => {});
      },
      processIds: async () => (await opened).processIds(),
    };
  };
}

/** One line; Playwright puts a log below, rolldown the error. */
function messageOf(cause: unknown): string {
  const text = stripVTControlCharacters(cause instanceof Error ? cause.message : String(cause));
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first = '', second = ''] = lines;
  const line = first.endsWith(':') ? `${first} ${second}` : first;
  return line.replace(/\.$/, '');
}
