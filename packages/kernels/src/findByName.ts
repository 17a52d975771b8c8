import { ValueError } from '@polyneuron/graph';

/** A record that is looked up by its name, or by another spelling of it. */
export interface Named {
  readonly name: string;
  readonly aliases: readonly string[];
}

/**
 * The record of a table with this name or alias.
 *
 * Throws   ValueError that lists every known name
 */
export function findByName<T extends Named>(
  subject: string,
  table: Readonly<Record<string, T>>,
  name: string,
): T {
  const known = Object.values(table);
  const found = known.find((record) => record.name === name || record.aliases.includes(name));
  if (found) return found;
  throw new ValueError({
    subject,
    expected: `one of ${known.map((record) => record.name).join(', ')}`,
    received: `'${name}'`,
    fix: 'check the spelling, or pass one of the names above',
  });
}
