import { ValueError } from '@polyneuron/graph';
import type { Backend } from './contract.js';
import { BackendUnavailableError } from './errors.js';
import type { BackendEntry, BackendOptions, BackendRegistry } from './registry.js';

/** A backend that `auto` did not take, and why. */
export interface PassedOver {
  readonly name: string;
  readonly reason: string;
  readonly remedy: string;
}

export interface Selection {
  readonly backend: Backend;
  /** In the order tried; empty when the backend was named. */
  readonly passedOver: readonly PassedOver[];
}

/**
 * Loads the backend named, or with 'auto' the one of highest priority that runs here.
 *
 * Throws   ValueError for a name the registry does not know; BackendUnavailableError when the named backend, or under
 *          'auto' every backend, cannot run here
 *
 * @example
 * const { backend, passedOver } = await selectBackend(createRegistry([referenceEntry]), 'auto');
 */
export async function selectBackend(
  registry: BackendRegistry,
  choice: string,
  options: BackendOptions = {},
): Promise<Selection> {
  const candidates = choice === 'auto' ? registry.entries : [requireEntry(registry, choice)];
  const passedOver: PassedOver[] = [];
  let cause: unknown;
  for (const entry of candidates) {
    const attempt = await attemptLoad(entry, options);
    if ('backend' in attempt) return { backend: attempt.backend, passedOver };
    cause = attempt.cause;
    passedOver.push({ name: entry.name, reason: attempt.reason, remedy: attempt.remedy });
  }
  if (choice !== 'auto') throw new BackendUnavailableError({ ...passedOver[0], backend: choice, cause });
  throw new BackendUnavailableError({
    backend: 'auto',
    reason: passedOver.length === 0 ? 'an empty registry' : 'no backend that does',
    remedy: 'follow one of the remedies, or add the reference backend to the registry',
    details: Object.fromEntries(passedOver.map(({ name, reason, remedy }) => [name, `${reason}; ${remedy}`])),
  });
}

type Attempt =
  | { readonly backend: Backend }
  | { readonly reason: string; readonly remedy: string; readonly cause?: unknown };

async function attemptLoad(entry: BackendEntry, options: BackendOptions): Promise<Attempt> {
  try {
    const probe = await entry.probe(options);
    if (!probe.available) return { reason: probe.reason, remedy: probe.remedy };
    return { backend: await entry.load(options) };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return {
      reason: `an error while loading: ${message}`,
      remedy: `see the cause; choose another backend meanwhile`,
      cause,
    };
  }
}

function requireEntry({ entries }: BackendRegistry, name: string): BackendEntry {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry) return entry;
  const known = ['auto', ...entries.map((candidate) => candidate.name)];
  throw new ValueError({
    subject: 'selectBackend',
    expected: `one of ${known.map((candidate) => `'${candidate}'`).join(', ')}`,
    received: `'${name}'`,
    fix: 'correct the name, or add the backend to the registry',
  });
}
