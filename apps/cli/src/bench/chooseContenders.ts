/** @file Which contenders a command line asks for, and which of them the others are compared with. */
import { type Runtime, runtimes } from '@polyneuron/bench';
import { lookUp } from '../closestName.js';
import { UsageError } from '../errors.js';

export interface ContenderRequest {
  readonly contenders?: readonly string[] | undefined;
  /** Short for contenders. */
  readonly backend?: readonly string[] | undefined;
  readonly baseline?: string | undefined;
}

/** Contenders that the runtimes asked for lack, and a runtime that has each. */
export type Elsewhere = Readonly<Record<string, Runtime>>;

export interface Known {
  readonly registry: readonly string[];
  readonly elsewhere: Elsewhere;
}

/** default: node. Throws UsageError on an unknown name. */
export function chooseRuntimes(wanted: readonly string[] = ['node']): readonly Runtime[] {
  const chosen = wanted.map((name) =>
    lookUp(named(runtimes), name, { subject: '--runtime', kind: 'runtime' }),
  );
  return runtimes.filter((runtime) => chosen.includes(runtime));
}

/**
 * The contenders of a request, in the order of the registry.
 *
 * Throws   UsageError on an unknown name, with the nearest known one; on one that only another runtime has
 */
export function chooseContenders(
  { contenders, backend = [] }: ContenderRequest,
  usual: readonly string[],
  { registry, elsewhere }: Known,
): readonly string[] {
  for (const name of contenders ?? []) requireContender(name, { registry, elsewhere });
  const ofBackends = backend.flatMap((name) => contendersOf(name, { registry, elsewhere }));
  // A default that no runtime here has is no mistake of the user's
  const wanted = contenders || backend.length > 0 ? [...(contenders ?? []), ...ofBackends] : usual;
  return wanted.includes('all') ? registry : registry.filter((name) => wanted.includes(name));
}

function requireContender(name: string, { registry, elsewhere }: Known): void {
  if (registry.includes(name)) return;
  const runtime = elsewhere[name];
  if (runtime === undefined) {
    lookUp(named(['all', ...registry]), name, { subject: '--contenders', kind: 'contender' });
    return;
  }
  throw new UsageError({
    subject: '--contenders',
    expected: 'contenders of the runtimes asked for',
    received: `'${name}'`,
    fix: `it computes in another runtime: --runtime ${runtime}`,
  });
}

/** What contenders of a backend are called. */
const makers = ['polyneuron', 'tfjs'] as const;

/** `polyneuron-<backend>` and `tfjs-<backend>`, of which the runtimes asked for must have one. */
function contendersOf(backend: string, { registry, elsewhere }: Known): readonly string[] {
  const wanted = makers.map((maker) => `${maker}-${backend}`);
  const here = wanted.filter((name) => registry.includes(name));
  if (here.length > 0) return here;
  const runtime = wanted.map((name) => elsewhere[name]).find((one) => one !== undefined);
  if (runtime === undefined) {
    lookUp(named(backendsOf(registry)), backend, { subject: '--backend', kind: 'backend' });
  }
  throw new UsageError({
    subject: '--backend',
    expected: 'backends of the runtimes asked for',
    received: `'${backend}'`,
    fix: `it computes in another runtime: --runtime ${runtime}`,
  });
}

function backendsOf(registry: readonly string[]): readonly string[] {
  const backends = registry.flatMap((name) => {
    const [, backend] = /^(?:polyneuron|tfjs)-(\w+)$/.exec(name) ?? [];
    return backend === undefined ? [] : [backend];
  });
  return [...new Set(backends)];
}

interface Choice {
  readonly contenders: readonly string[];
  readonly registry: readonly string[];
}

/** The one that is asked for, or that of the suite. Throws UsageError on one that does not take part. */
export function chooseBaseline(request: ContenderRequest, usual: string, choice: Choice): string {
  return request.baseline === undefined
    ? defaultBaseline(usual, request, choice)
    : requireBaseline(request.baseline, choice);
}

/** The suite's own; for backends that are named, where that is none of them, tfjs on the first. */
function defaultBaseline(
  usual: string,
  { backend = [] }: ContenderRequest,
  { contenders, registry }: Choice,
): string {
  if (contenders.includes(usual)) return usual;
  const ofBackends = backend.map((name) => `tfjs-${name}`).find((name) => contenders.includes(name));
  return ofBackends ?? (registry.includes(usual) ? usual : (contenders[0] as string));
}

function requireBaseline(wanted: string, { contenders, registry }: Choice): string {
  const name = lookUp(named(registry), wanted, { subject: '--baseline', kind: 'contender' });
  if (contenders.includes(name)) return name;
  throw new UsageError({
    subject: '--baseline',
    expected: `one of the contenders measured: ${contenders.join(', ')}`,
    received: `'${name}'`,
    fix: `add it: --contenders ${[...contenders, name].join(',')}`,
  });
}

/** Names as a table, which is what `lookUp` searches. */
export function named<T extends string>(names: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
