import type { PlayState } from './playState.js';

/** Which class a drawn point gets, and the points so far. Points come by click or by Enter at the surface's probe. */
export function DrawnPoints({ play }: { readonly play: PlayState }) {
  const points = play.points.value?.points ?? [];
  const count = points.length;
  const replace = (next: typeof points) =>
    play.usePoints(next.length > 0 ? { isClassification: true, points: next } : undefined);
  return (
    <fieldset class="drawn">
      <legend>Click a surface, or move its probe and press Enter</legend>
      {(
        [
          [1, 'orange disc (1)'],
          [0, 'blue diamond (0)'],
        ] as const
      ).map(([value, title]) => (
        <label key={value} class="check">
          <input
            type="radio"
            name="drawn-class"
            checked={play.drawnClass.value === value}
            onChange={() => {
              play.drawnClass.value = value;
            }}
          />
          {title}
        </label>
      ))}
      <p class="hint">
        {count} points{count < 10 ? ', at least 10 of both classes are needed' : ''}
      </p>
      <span class="buttons">
        <button type="button" disabled={count === 0} onClick={() => replace(points.slice(0, -1))}>
          Remove last
        </button>
        <button type="button" disabled={count === 0} onClick={() => replace([])}>
          Clear
        </button>
      </span>
    </fieldset>
  );
}
