import { ValueError } from '@polyneuron/graph';
import type { Backend } from './contract.js';

/** What an application passes through to probes and loaders; each entry documents the keys it reads. */
export type BackendOptions = Readonly<Record<string, unknown>>;

export type Probe =
  | { readonly available: true }
  | {
      readonly available: false;
      /** Completes 'cannot run: ...'. */
      readonly reason: string;
      /** What the user can do about it, as an imperative. */
      readonly remedy: string;
    };

/** A backend that may be chosen: cheap to list, loaded on demand. */
export interface BackendEntry {
  readonly name: string;
  /** For people: 'WebAssembly SIMD'. */
  readonly title: string;
  /** `auto` tries higher ones first. */
  readonly priority: number;
  /** Whether `load` would succeed, without side effects that stay. */
  probe(options: BackendOptions): Promise<Probe>;
  load(options: BackendOptions): Promise<Backend>;
}

/** Entries by falling priority; entries of one priority keep the order they were given in. */
export interface BackendRegistry {
  readonly entries: readonly BackendEntry[];
}

/**
 * Collects the backends an application offers. There is no global registry: whoever selects passes one in.
 *
 * Throws   ValueError when two entries share a name, or one is called 'auto'
 */
export function createRegistry(entries: readonly BackendEntry[]): BackendRegistry {
  const names = entries.map(({ name }) => name);
  const clash = names.find((name, at) => name === 'auto' || names.indexOf(name) !== at);
  if (clash !== undefined) {
    throw new ValueError({
      subject: 'createRegistry',
      expected: "distinct backend names other than 'auto'",
      received: names.map((name) => `'${name}'`).join(', '),
      fix: `rename or drop one entry '${clash}'`,
    });
  }
  return { entries: [...entries].sort((a, b) => b.priority - a.priority) };
}
