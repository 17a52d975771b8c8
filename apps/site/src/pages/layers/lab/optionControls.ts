/** @file The options of a record as form controls: their values stand in the table of its page in docs/layers. */
import { activations, type LayerSpec } from '@polyneuron/kernels';
import type { LabConfig } from '../../../layerLab/messages.js';

export type OptionValue = string | number | boolean | null;

export type OptionControl = {
  readonly name: string;
  readonly meaning: string;
  /** Among the options that the page begins with, or one that is required. */
  readonly isMain: boolean;
} & (
  | { readonly kind: 'choice'; readonly values: readonly (string | null)[] }
  | { readonly kind: 'number'; readonly isWhole: boolean; readonly isOptional: boolean }
  | { readonly kind: 'switch' }
);

/** Lists, tables and initializers are no controls: the page keeps what it begins with. */
export function optionControls(
  spec: LayerSpec,
  config: LabConfig,
  optionsTable: string,
): readonly OptionControl[] {
  const defaults = spec.defaults as LabConfig;
  return rowsOf(optionsTable).flatMap(({ name, values, meaning }) => {
    const isMain = name in config || name in (spec.required ?? {});
    const kind = controlKind(values, config[name] ?? defaults[name] ?? null);
    return kind ? [{ name, meaning, isMain, ...kind }] : [];
  });
}

type Kind<T = OptionControl> = T extends OptionControl ? Omit<T, 'name' | 'meaning' | 'isMain'> : never;

function controlKind(values: readonly string[], current: unknown): Kind | undefined {
  const isOptional = values.includes('null');
  const named = values.filter((value) => value !== 'null');
  if (named.join() === 'boolean') return { kind: 'switch' };
  if (named.join() === 'activation') return { kind: 'choice', values: Object.keys(activations) };
  if (named.join() === 'number')
    return { kind: 'number', isOptional, isWhole: current === null || Number.isInteger(current) };
  if (named.length > 0 && named.every((value) => /^'.*'$/.test(value)))
    return {
      kind: 'choice',
      values: [...named.map((value) => value.slice(1, -1)), ...(isOptional ? [null] : [])],
    };
  return undefined;
}

interface OptionRow {
  readonly name: string;
  readonly values: readonly string[];
  readonly meaning: string;
}

/** Rows `| name | default | values | meaning |`; a bar inside of a cell is escaped. */
function rowsOf(table: string): readonly OptionRow[] {
  return table.split('\n').flatMap((line) => {
    const [, name, , values, meaning] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const [, option] = /^`(\w+)`$/.exec(name ?? '') ?? [];
    if (!option || values === undefined) return [];
    return [
      {
        name: option,
        values: values.replaceAll('`', '').split(', '),
        meaning: (meaning ?? '').replaceAll('`', '').replaceAll('<br>', ' '),
      },
    ];
  });
}
