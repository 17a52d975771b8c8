import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { cssColour, sequentialTable } from '../drawing/colourTable.js';
import { fitCanvas } from '../drawing/fitCanvas.js';
import { palettes } from '../drawing/palette.js';
import { onThemeChange, shownTheme } from '../drawing/shownTheme.js';
import type { Contestant, Frame, Problem } from '../protocol/messages.js';
import type { DuelState } from './duelState.js';
import { useOnScreen } from './useOnScreen.js';
import { useThrottled } from './useThrottled.js';

const across = 6;
const shown = across * across;
const table = sequentialTable();

/** Test images; those that a contestant takes for another class are framed and say for which. */
export function ImageSamples({
  duel,
  contestant,
}: {
  readonly duel: DuelState;
  readonly contestant: Contestant;
}) {
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useOnScreen(element, duel.session, 'residuals');
  useEffect(() => {
    const paint = () => {
      const problem = duel.session.configured.peek()?.problem;
      const predictions = duel.session.frame.peek()?.predictions?.[contestant];
      if (canvas.current && problem) paintSamples(canvas.current, problem, predictions);
    };
    const stop = effect(() => {
      duel.session.frame.value;
      duel.session.configured.value;
      paint();
    });
    const stopTheme = onThemeChange(paint);
    return () => {
      stop();
      stopTheme();
    };
  }, [duel, contestant]);
  const { value: rows } = useThrottled(duel.session.frame, 1000, contestant === 0 ? readOurs : readRival);
  const names = duel.session.configured.value?.problem.classNames ?? [];
  const truth = duel.session.configured.value?.problem.y;
  const owner = contestant === 0 ? 'ours' : 'the rival';
  return (
    <div ref={element} class="image-samples">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`The first ${shown} test images and the classes that ${owner} gives`}
      />
      <p class="hint">Framed: taken for what stands below.</p>
      <details class="data-table">
        <summary>Classes given</summary>
        <p>
          {testRows(duel.session.configured.value?.problem)
            .map((row) => `${names[truth?.[row] ?? 0]} as ${names[rows[row]] ?? 'nothing yet'}`)
            .join(', ')}
        </p>
      </details>
    </div>
  );
}

const readOurs = (frame: Frame | undefined): readonly number[] => Array.from(frame?.predictions?.[0] ?? []);
const readRival = (frame: Frame | undefined): readonly number[] => Array.from(frame?.predictions?.[1] ?? []);

/** The first samples that test. */
function testRows(problem: Problem | undefined): readonly number[] {
  const rows: number[] = [];
  const isTest = problem?.isTest ?? [];
  for (let row = 0; row < isTest.length && rows.length < shown; row++) if (isTest[row] === 1) rows.push(row);
  return rows;
}

function paintSamples(
  canvas: HTMLCanvasElement,
  problem: Problem,
  predictions: Float32Array | undefined,
): void {
  const fitted = fitCanvas(canvas);
  const { imageShape: [height, width] = [1, 1], classNames = [], x, y } = problem;
  if (!fitted) return;
  const { context, width: side } = fitted;
  const palette = palettes[shownTheme()];
  const cell = side / across;
  const picture = cell - 18;
  const pixel = picture / Math.max(width, height);
  context.font = '11px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  testRows(problem).forEach((row, at) => {
    const left = (at % across) * cell + 9;
    const top = Math.floor(at / across) * cell + 2;
    for (let place = 0; place < width * height; place++) {
      const value = x[row * width * height + place];
      context.fillStyle = cssColour(table, 255 * Math.min(1, Math.max(0, value)));
      context.fillRect(
        left + (place % width) * pixel,
        top + Math.floor(place / width) * pixel,
        pixel + 0.5,
        pixel + 0.5,
      );
    }
    if (!predictions) return;
    if (predictions[row] === y[row]) return;
    context.fillStyle = palette.text;
    context.fillText(classNames[predictions[row]] ?? '?', left + picture / 2, top + cell - 3);
    context.strokeStyle = palette.positive;
    context.lineWidth = 2;
    context.strokeRect(left - 2, top - 1, picture + 4, picture + 3);
  });
}
