import type { ContenderText } from '../contenderTexts.js';

type Shape = ContenderText['shape'];

/** Outlines around (0, 0), about 9 pixels across. */
const outlines: { readonly [S in Shape]: string } = {
  circle: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0Z',
  square: 'M-4 -4h8v8h-8Z',
  diamond: 'M0 -5.5L5.5 0L0 5.5L-5.5 0Z',
  triangle: 'M0 -5.5L5 4H-5Z',
  cross: 'M-4 -4L4 4M-4 4L4 -4',
};

/** The mark of a contender in a chart or a legend. */
export function Mark({
  text,
  x,
  y,
}: {
  readonly text: ContenderText;
  readonly x: number;
  readonly y: number;
}) {
  return (
    <path
      class={`mark ${text.isOurs ? 'is-ours' : 'is-rival'}`}
      d={outlines[text.shape]}
      transform={`translate(${x} ${y})`}
    />
  );
}

/** The mark before a name, outside a chart. */
export function Legend({
  names,
}: {
  readonly names: readonly { readonly title: string; readonly text: ContenderText }[];
}) {
  return (
    <ul class="legend">
      {names.map(({ title, text }) => (
        <li key={title}>
          <svg width="28" height="14" viewBox="-14 -7 28 14" aria-hidden="true">
            <path
              class={`curve ${text.isOurs ? 'is-ours' : 'is-rival'}`}
              d="M-13 0H13"
              stroke-dasharray={text.dash}
            />
            <Mark text={text} x={0} y={0} />
          </svg>
          {title}
        </li>
      ))}
    </ul>
  );
}
