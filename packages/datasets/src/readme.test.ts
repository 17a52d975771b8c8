import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allDatasets } from './files/loadDataset.js';
import type { DatasetSpec } from './types.js';

// The formatter pads the table.
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8').replace(/ +/g, ' ');

/** The row of a set in the table of the README, written from its record. */
function row({ name, description, kind, inputShape, defaults }: DatasetSpec): string {
  const shape = `[${inputShape(defaults).join(', ')}]`;
  const options = Object.entries(defaults).map(
    ([option, value]) => `\`${option}\` ${value === '' ? "`''`" : value}`,
  );
  return `| \`${name}\` | ${description} | ${kind} | ${shape} | ${options.join(', ')} |`;
}

describe('README', () => {
  it.each(Object.values(allDatasets as Record<string, DatasetSpec>).map((spec) => [spec.name, row(spec)]))(
    'has the row of %s as its record says',
    (_, expected) => {
      expect(readme).toContain(expected);
    },
  );
});
