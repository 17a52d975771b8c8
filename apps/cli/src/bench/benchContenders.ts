/** @file Everybody who can take part in the runtimes that are asked for. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { type ContenderSpec, type Runtime, runtimes } from '@polyneuron/bench';
import { chromiumHost, nodeTransport, remoteContender } from '@polyneuron/bench/node';
import { answerLimit, type PeerOptions, pythonPeers } from './benchPeers.js';
import type { Elsewhere } from './chooseContenders.js';
import { chromiumContenders } from './chromium/chromiumContenders.js';
import { onnxFiles } from './chromium/onnxWeb.js';
import { wasmFiles } from './chromium/wasmFiles.js';
import { loadNodeContenders, nodeContenders } from './node/nodeContenders.js';

export interface ContenderOptions extends PeerOptions {
  readonly runtimes: readonly Runtime[];
  /** Whether the contenders of Node compute in this process, all in one. default false */
  readonly inProcess?: boolean;
  readonly signal?: AbortSignal;
}

export interface BenchContenders {
  readonly specs: readonly ContenderSpec[];
  /** Contenders of the other runtimes. */
  readonly elsewhere: Elsewhere;
  /** Takes away what all contenders of a runtime share. */
  close(): Promise<void>;
}

interface RuntimeContenders {
  readonly specs: readonly ContenderSpec[];
  readonly close?: () => Promise<void>;
}

const makers: { readonly [R in Runtime]: (options: ContenderOptions) => Promise<RuntimeContenders> } = {
  node: inNode,
  chromium: inChromium,
};

/** Names and how to start each; nothing is started yet. */
export async function benchContenders(options: ContenderOptions): Promise<BenchContenders> {
  const parts = await Promise.all(options.runtimes.map((runtime) => makers[runtime](options)));
  const specs = parts.flatMap((part) => part.specs);
  return {
    specs,
    elsewhere: elsewhere(specs),
    close: async () => {
      for (const { close } of parts) await close?.();
    },
  };
}

const registries: { readonly [R in Runtime]: () => readonly ContenderSpec[] } = {
  node: () => nodeContenders([1]),
  chromium: () => chromiumContenders([1]).map(({ spec }) => spec),
};

function elsewhere(specs: readonly ContenderSpec[]): Elsewhere {
  const here = new Set(specs.map(({ name }) => name));
  return Object.fromEntries(
    runtimes.flatMap((runtime) =>
      registries[runtime]().flatMap(({ name }) => (here.has(name) ? [] : [[name, runtime] as const])),
    ),
  );
}

async function inNode(options: ContenderOptions): Promise<RuntimeContenders> {
  const { threads, inProcess = false, signal } = options;
  if (inProcess) return { specs: [...(await loadNodeContenders(threads)), ...pythonPeers(options)] };
  const remote = {
    runtime: 'node',
    start: nodeTransport(fileURLToPath(new URL('./node/contenderProcess.js', import.meta.url))),
    answerLimitMs: answerLimit(options),
    signal,
  } as const;
  return {
    specs: [...nodeContenders(threads).map((spec) => remoteContender(spec, remote)), ...pythonPeers(options)],
  };
}

async function inChromium(options: ContenderOptions): Promise<RuntimeContenders> {
  const { resolve } = createRequire(import.meta.url);
  const host = chromiumHost({
    entry: fileURLToPath(new URL('./chromium/contenders.worker.js', import.meta.url)),
    files: { ...wasmFiles(resolve), ...onnxFiles(resolve) },
  });
  const { threads, signal } = options;
  const remote = { runtime: 'chromium', answerLimitMs: answerLimit(options), signal } as const;
  return {
    specs: chromiumContenders(threads).map(({ spec, flags }) =>
      remoteContender(spec, { ...remote, start: host.transport(flags) }),
    ),
    close: () => host.close(),
  };
}
