import { closestName } from '../closestName.js';
import { DatasetError } from '../errors.js';
import { resolveOptions } from '../options.js';
import type { Dataset, DatasetConfig, DatasetSpec } from '../types.js';

export type DatasetRegistry = { readonly [name: string]: DatasetSpec };

/** Options of a named set where the name is known to the compiler; anything to be checked at run time where it is not. */
export type OptionsOf<R, N extends string> = N extends keyof R
  ? R[N] extends DatasetSpec<infer Config>
    ? Partial<Config>
    : never
  : Readonly<Record<string, unknown>>;

/** Looks a set up in a registry, checks its options, loads it. */
export async function loadFrom(
  registry: DatasetRegistry,
  name: string,
  options: Readonly<Record<string, unknown>>,
  hint = '',
): Promise<Dataset> {
  const spec = findDataset(registry, name, hint);
  const config = resolveOptions(name, spec, options as Partial<DatasetConfig>);
  const loaded = await spec.load(config);
  return {
    name: spec.name,
    kind: spec.kind,
    ...(spec.classNames && { classNames: spec.classNames }),
    ...loaded,
  };
}

function findDataset(registry: DatasetRegistry, name: string, hint: string): DatasetSpec {
  if (Object.hasOwn(registry, name)) return registry[name];
  const names = Object.keys(registry);
  const closest = closestName(String(name), names);
  throw new DatasetError({
    code: 'UnknownDataset',
    subject: 'loadDataset',
    expected: 'the name of a known data set',
    received: `'${name}'`,
    details: { known: names.join(', ') },
    fix: `${closest ? `did you mean '${closest}'?` : 'use one of the names above.'}${hint}`,
  });
}
