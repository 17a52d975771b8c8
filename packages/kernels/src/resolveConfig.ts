import { ValueError } from '@polyneuron/graph';
import type { LayerSpec } from './layerSpec.js';

/** Completes a partial config with the record's defaults; unknown or missing options are errors that list the known ones. */
export function resolveConfig<C extends object>(spec: LayerSpec<C>, config: Partial<C>): C {
  const known = new Set([...Object.keys(spec.defaults), ...Object.keys(spec.required ?? {})]);
  const unknown = Object.keys(config).filter((option) => !known.has(option));
  if (unknown.length > 0) {
    throw new ValueError({
      subject: spec.name,
      expected: `options among ${[...known].join(', ')}`,
      received: unknown.map((option) => `'${option}'`).join(', '),
      fix: 'check the spelling of the option',
    });
  }
  const missing = Object.keys(spec.required ?? {}).filter(
    (option) => config[option as keyof C] === undefined,
  );
  if (missing.length > 0) {
    throw new ValueError({
      subject: spec.name,
      expected: missing.map((option) => `'${option}' (${spec.required?.[option as keyof C]})`).join(' and '),
      received: 'no value',
      fix: `pass it: ${spec.name}({ ${missing[0]}: ... })`,
    });
  }
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
  return { ...spec.defaults, ...given } as C;
}
