import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { divergingTable } from '../drawing/colourTable.js';
import { paintGrid } from '../drawing/paintGrid.js';
import { onThemeChange, shownTheme } from '../drawing/shownTheme.js';
import type { Contestant, Frame } from '../protocol/messages.js';
import type { DuelState } from './duelState.js';
import { useOnScreen } from './useOnScreen.js';
import { useThrottled } from './useThrottled.js';
import { largestSize } from './weights/layerWeights.js';

const side = 48;
const tables = { light: divergingTable('light'), dark: divergingTable('dark') };

/** What each unit of the first layer answers over the square, each on a scale of its own. */
export function UnitsPanel({
  duel,
  contestant,
}: {
  readonly duel: DuelState;
  readonly contestant: Contestant;
}) {
  const element = useRef<HTMLDivElement>(null);
  useOnScreen(element, duel.session, 'units');
  const { value: counts } = useThrottled(duel.session.frame, 200, countsOf);
  const count = Number(counts.split(' ')[contestant]);
  const owner = contestant === 0 ? 'ours' : 'the rival';
  useEffect(() => {
    const paint = () => {
      const canvases = element.current?.querySelectorAll('canvas') ?? [];
      const units = duel.session.frame.peek()?.units?.[contestant] ?? [];
      canvases.forEach((canvas, at) => units[at] && paintUnit(canvas, units[at]));
    };
    const stop = effect(() => {
      duel.session.frame.value;
      paint();
    });
    const stopTheme = onThemeChange(paint);
    return () => {
      stop();
      stopTheme();
    };
  }, [duel, contestant, count]);
  return (
    <div ref={element} class="units-panel">
      {count === 0 && <p class="hint">Responses of the units come with the next picture.</p>}
      {Array.from({ length: count }, (_, at) => (
        <figure key={at}>
          <canvas
            width={side}
            height={side}
            tabIndex={0}
            role="img"
            aria-label={`Response of unit ${at + 1} of ${owner}`}
          />
          <figcaption>{at + 1}</figcaption>
        </figure>
      ))}
    </div>
  );
}

function paintUnit(canvas: HTMLCanvasElement, values: Float32Array): void {
  const context = canvas.getContext('2d');
  const limit = largestSize(values) || 1;
  if (!context || values.length < side * side) return;
  const image = new ImageData(side, side);
  const pixels = new Uint32Array(image.data.buffer);
  paintGrid(values, pixels, side, tables[shownTheme()], { low: -limit, high: limit });
  context.putImageData(image, 0, 0);
}

const countsOf = (frame: Frame | undefined) =>
  (frame?.units ?? [[], []]).map(({ length }) => length).join(' ');
