import { type ReadonlySignal, useSignal } from '@preact/signals';
import { ScrollRegion } from '../shell/ScrollRegion.js';
import { describePicture, type SurfacePicture, tableOf } from './surfacePicture.js';
import { useThrottled } from './useThrottled.js';

export interface SurfaceTableProps {
  readonly name: string;
  readonly picture: ReadonlySignal<SurfacePicture | undefined>;
  readonly axes: readonly [string, string];
}

const describe = (picture: SurfacePicture | undefined) => picture && describePicture(picture);
const tabulate = (picture: SurfacePicture | undefined) => picture && tableOf(picture, 9);

/** The picture in words and as 9 × 9 values; the table is computed while it is open. */
export function SurfaceTable({ name, picture, axes }: SurfaceTableProps) {
  const isOpen = useSignal(false);
  const { value: sentence } = useThrottled(picture, 1000, describe);
  return (
    <>
      <p class="visually-hidden">{sentence && `${name}: ${sentence}`}</p>
      <details
        class="data-table"
        onToggle={(event) => {
          isOpen.value = event.currentTarget.open;
        }}
      >
        <summary>Values</summary>
        {isOpen.value && (
          <>
            <p aria-hidden="true">{sentence}</p>
            <OpenTable name={name} picture={picture} axes={axes} />
          </>
        )}
      </details>
    </>
  );
}

function OpenTable({ name, picture, axes }: SurfaceTableProps) {
  const { value: table } = useThrottled(picture, 1000, tabulate);
  if (!table) return <p>Nothing computed yet.</p>;
  const { axis, rows } = table;
  return (
    <ScrollRegion label={`Values of ${name}`}>
      <table class="dense">
        <caption class="visually-hidden">
          {name}: {axes[0]} rightwards, {axes[1]} downwards
        </caption>
        <thead>
          <tr>
            <th scope="col">{axes[1]}</th>
            {axis.map((value) => (
              <th key={value} scope="col" class="number">
                {Number(value.toPrecision(3))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={axis[at]}>
              <th scope="row" class="number">
                {Number((-axis[at]).toPrecision(3))}
              </th>
              {row.map((value, column) => (
                <td key={axis[column]} class="number">
                  {value.toFixed(2)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
