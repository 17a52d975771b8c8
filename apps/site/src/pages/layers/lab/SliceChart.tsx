import type { ReadonlySignal } from '@preact/signals';
import type { UnitPicture } from '../../../layerLab/messages.js';

const side = 320;
const margin = 42;
const inner = side - 2 * margin;

/** The unit along both axes through the origin: x1 solid, x2 dashed, named at their ends. */
export function SliceChart({
  picture,
  limit,
}: {
  readonly picture: ReadonlySignal<UnitPicture | undefined>;
  /** y runs from -limit to limit. */
  readonly limit: number;
}) {
  const { value } = picture;
  const extent = value?.extent ?? 1;
  const place = (y: number) => margin + (inner / 2) * (1 - y / limit);
  return (
    <figure class="unit-slices">
      <figcaption>Slices through the origin</figcaption>
      <svg
        class="slice-chart"
        viewBox={`0 0 ${side} ${side}`}
        role="img"
        aria-label="y along x1 at x2 = 0, and along x2 at x1 = 0"
      >
        <path class="slice-axes" d={`M${margin} ${place(0)}h${inner}M${side / 2} ${margin}v${inner}`} />
        <rect class="slice-frame" x={margin} y={margin} width={inner} height={inner} />
        <text class="slice-tick" x={margin - 4} y={margin + 4} text-anchor="end">
          {limit}
        </text>
        <text class="slice-tick" x={margin - 4} y={place(0) + 4} text-anchor="end">
          0
        </text>
        <text class="slice-tick" x={margin - 4} y={side - margin + 4} text-anchor="end">
          −{limit}
        </text>
        <text class="slice-tick" x={margin} y={side - margin + 18} text-anchor="middle">
          −{extent}
        </text>
        <text class="slice-tick" x={side - margin} y={side - margin + 18} text-anchor="middle">
          {extent}
        </text>
        {value && (
          <>
            <path class="slice slice-x1" d={curve(value.alongX1, limit)} />
            <path class="slice slice-x2" d={curve(value.alongX2, limit)} />
            <text class="slice-name slice-name-x1" x={side - margin + 4} y={nameHeights(value, limit)[0]}>
              x1
            </text>
            <text class="slice-name slice-name-x2" x={side - margin + 4} y={nameHeights(value, limit)[1]}>
              x2
            </text>
          </>
        )}
      </svg>
      <SliceTable picture={picture} />
      <p class="scale">x1 at x2 = 0 solid, x2 at x1 = 0 dashed</p>
    </figure>
  );
}

function SliceTable({ picture }: { readonly picture: ReadonlySignal<UnitPicture | undefined> }) {
  const { value } = picture;
  const places = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((step) => step / 8);
  const at = (slice: Float32Array, share: number) => slice[Math.round(share * (slice.length - 1))];
  return (
    <details class="data-table">
      <summary>Values</summary>
      <table class="dense">
        <caption class="visually-hidden">y along each axis, the other input at 0</caption>
        <thead>
          <tr>
            <th scope="col" class="number">
              input
            </th>
            <th scope="col" class="number">
              y along x1
            </th>
            <th scope="col" class="number">
              y along x2
            </th>
          </tr>
        </thead>
        <tbody>
          {value &&
            places.map((share) => (
              <tr key={share}>
                <th scope="row" class="number">
                  {value.extent * (2 * share - 1)}
                </th>
                <td class="number">{at(value.alongX1, share).toPrecision(3)}</td>
                <td class="number">{at(value.alongX2, share).toPrecision(3)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </details>
  );
}

function curve(values: Float32Array, limit: number): string {
  let path = '';
  let isOpen = false;
  for (const [at, y] of values.entries()) {
    if (!Number.isFinite(y)) {
      isOpen = false;
      continue;
    }
    const column = margin + (inner * at) / (values.length - 1);
    const row = margin + (inner / 2) * (1 - y / limit);
    path += `${isOpen ? 'L' : 'M'}${column.toFixed(1)},${row.toFixed(1)}`;
    isOpen = true;
  }
  return path;
}

/** Beside the ends of the lines, moved apart where they meet. */
function nameHeights({ alongX1, alongX2 }: UnitPicture, limit: number): readonly [number, number] {
  const height = (slice: Float32Array) => {
    const y = slice[slice.length - 1];
    return 4 + margin + (inner / 2) * (1 - (Number.isFinite(y) ? y : 0) / limit);
  };
  const [first, second] = [height(alongX1), height(alongX2)];
  if (Math.abs(first - second) >= 14) return [first, second];
  const middle = (first + second) / 2;
  return first <= second ? [middle - 7, middle + 7] : [middle + 7, middle - 7];
}
