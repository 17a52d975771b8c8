import { ValueError } from '@polyneuron/graph';
import type { LayerSpec } from './layerSpec.js';

/**
 * Completes a partial config with the record's defaults.
 *
 * Throws   ValueError on unknown and missing options, with a list of the known ones, and on values of another kind than
 *          the default: JavaScript would take the text 'false' for true, and the text '3' for a number until it is added
 */
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
  for (const [option, value] of Object.entries(given)) {
    requireKind(spec.name, option, (spec.defaults as Readonly<Record<string, unknown>>)[option], value);
  }
  return { ...spec.defaults, ...given } as C;
}

/** Kinds of values that a default speaks for: null, laws and required options are left to the record. */
const kinds = {
  boolean: { title: 'true or false', takes: (value) => typeof value === 'boolean' },
  string: { title: 'a word', takes: (value) => typeof value === 'string' },
  // Where one number stands for two axes, a pair is taken too: the record judges its length
  number: { title: 'a number', takes: (value) => [value].flat().every((one) => typeof one === 'number') },
  list: { title: 'a list', takes: Array.isArray },
} as const satisfies Readonly<
  Record<string, { readonly title: string; readonly takes: (value: unknown) => boolean }>
>;

function requireKind(subject: string, option: string, standard: unknown, value: unknown): void {
  const kind = Array.isArray(standard) ? 'list' : typeof standard;
  if (!Object.hasOwn(kinds, kind)) return;
  const { title, takes } = kinds[kind as keyof typeof kinds];
  if (takes(value)) return;
  throw new ValueError({
    subject,
    expected: `${option} to be ${title}`,
    received: JSON.stringify(value) ?? String(value),
    fix: `pass ${title}; the default is ${JSON.stringify(standard)}`,
  });
}
