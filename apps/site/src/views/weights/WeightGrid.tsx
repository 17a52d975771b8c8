import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { cssColour, divergingTable, isDarkColour, signedIndex } from '../../drawing/colourTable.js';
import { shownTheme } from '../../drawing/shownTheme.js';
import { threeDigits } from '../formulaTerms.js';
import { WeightPicture } from './WeightPicture.js';

/** How an edit of a shown number reaches the weights: weight = shown · factor. */
export interface EditTarget {
  readonly weight: string;
  readonly index: number;
  readonly factor?: number;
}

export interface WeightCell {
  readonly value: number;
  /** Left out where the number follows from others. */
  readonly edit?: EditTarget;
}

/** More cells than this are a picture. */
const mostCells = 400;

export type OnEdit = (target: EditTarget, value: number) => void;

export interface WeightGridProps {
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cell: (row: number, column: number) => WeightCell | undefined;
  /** The colour scale goes from -limit to limit. */
  readonly limit: number;
  readonly onEdit?: OnEdit;
}

const tables = { light: divergingTable('light'), dark: divergingTable('dark') };

/** A signed matrix: numbers that can be edited, or a picture where there are too many. */
export function WeightGrid(props: WeightGridProps) {
  const isPicture = props.rows.length * props.columns.length > mostCells;
  return isPicture ? <WeightPicture {...props} /> : <WeightCells {...props} />;
}

/** Colour and number in each cell, arrow keys between them, Enter or a click to edit one. */
function WeightCells({ title, rows, columns, cell, limit, onEdit }: WeightGridProps) {
  const active = useSignal<readonly [number, number]>([0, 0]);
  const editing = useSignal<
    { readonly name: string; readonly target: EditTarget; readonly value: number } | undefined
  >(undefined);
  const table = useRef<HTMLTableElement>(null);
  const theme = typeof document === 'undefined' ? 'light' : shownTheme();
  const open = (row: number, column: number) => {
    const shown = cell(row, column);
    active.value = [row, column];
    if (!shown?.edit || !onEdit) return;
    editing.value = {
      name: `${title} ${rows[row]}, ${columns[column]}`,
      target: shown.edit,
      value: shown.value,
    };
  };
  const move = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!by) return;
    event.preventDefault();
    const [row, column] = active.peek();
    const next = [
      Math.min(rows.length - 1, Math.max(0, row + by[0])),
      Math.min(columns.length - 1, Math.max(0, column + by[1])),
    ] as const;
    active.value = next;
    table.current?.querySelector<HTMLElement>(`[data-cell="${next.join()}"]`)?.focus();
  };
  return (
    <div class="weight-grid">
      <div class="scroll">
        <table ref={table} onKeyDown={move}>
          <caption>
            {title} <small class="figure">±{threeDigits(limit)}</small>
          </caption>
          <thead>
            <tr>
              <td />
              {columns.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((name, row) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {columns.map((column, at) => {
                  const shown = cell(row, at);
                  if (!shown) return <td key={column} />;
                  const isActive = active.value[0] === row && active.value[1] === at;
                  const background = cssColour(tables[theme], signedIndex(shown.value, limit));
                  return (
                    <td key={column}>
                      <button
                        type="button"
                        class={isDarkColour(background) ? 'weight is-dark' : 'weight'}
                        data-cell={`${row},${at}`}
                        tabIndex={isActive ? 0 : -1}
                        aria-disabled={!shown.edit}
                        style={{ backgroundColor: background }}
                        onClick={() => open(row, at)}
                        onFocus={() => {
                          active.value = [row, at];
                        }}
                      >
                        {printWeight(shown.value, limit)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {editing.value && (
        <EditField
          key={editing.value.name}
          name={editing.value.name}
          value={editing.value.value}
          onDone={(value) => {
            const current = editing.peek();
            if (current && value !== undefined)
              onEdit?.(current.target, value * (current.target.factor ?? 1));
            editing.value = undefined;
            table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
          }}
        />
      )}
    </div>
  );
}

/** As many decimals as the scale asks for, so that a column lines up. */
function printWeight(value: number, limit: number): string {
  if (!Number.isFinite(value)) return '∞';
  if (limit >= 1e5 || limit < 1e-3) return value === 0 ? '0' : value.toExponential(0);
  const decimals = limit >= 100 ? 0 : limit >= 10 ? 1 : limit >= 1 ? 2 : 3;
  return value.toFixed(decimals).replace(/^-(0(?:\.0+)?)$/, '$1');
}

interface EditFieldProps {
  readonly name: string;
  readonly value: number;
  readonly onDone: (value: number | undefined) => void;
}

function EditField({ name, value, onDone }: EditFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const submit = () => {
    const given = Number(field.current?.value);
    onDone(field.current?.value.trim() !== '' && Number.isFinite(given) ? given : undefined);
  };
  return (
    <form
      class="weight-edit"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone(undefined);
      }}
    >
      <label>
        <span>{name}</span>
        <input
          ref={(element) => {
            if (element && !field.current) {
              element.focus();
              element.select();
            }
            field.current = element;
          }}
          type="number"
          step="any"
          defaultValue={String(Number(value.toPrecision(6)))}
        />
      </label>
      <button type="submit">Set</button>
    </form>
  );
}
