import { effect, type ReadonlySignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { sizeOf, watchSize } from '../drawing/canvasSize.js';
import { divergingTable } from '../drawing/colourTable.js';
import { fitCanvas } from '../drawing/fitCanvas.js';
import { paintContours } from '../drawing/paintContours.js';
import { paintGrid } from '../drawing/paintGrid.js';
import { paintPoints, paintRings, toPixel } from '../drawing/paintPoints.js';
import { type Palette, palettes } from '../drawing/palette.js';
import { onThemeChange, shownTheme } from '../drawing/shownTheme.js';
import { SurfaceTable } from './SurfaceTable.js';
import type { SurfacePicture } from './surfacePicture.js';

export type Point = readonly [x1: number, x2: number];

export interface SurfaceProps {
  /** Names the picture for those who do not see it. */
  readonly name: string;
  readonly picture: ReadonlySignal<SurfacePicture | undefined>;
  /** A point that the visitor points at; both surfaces of a duel share it. */
  readonly probe?: ReadonlySignal<Point | undefined>;
  readonly onProbe?: (point: Point | undefined) => void;
  /** Click or Enter at a point, where points can be drawn. */
  readonly onPick?: (point: Point) => void;
  /** Names of the axes. default x1, x2 */
  readonly axes?: readonly [string, string];
  readonly hasTable?: boolean;
}

const tables = { light: divergingTable('light'), dark: divergingTable('dark') };

/**
 * A function of two inputs as colours, with contours and samples: a grid of values on one canvas, scaled by the
 * browser, lines and points on another above it.
 */
export function Surface({
  name,
  picture,
  probe,
  onProbe,
  onPick,
  axes = ['x1', 'x2'],
  hasTable = true,
}: SurfaceProps) {
  const grid = useRef<HTMLCanvasElement>(null);
  const samples = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const hint = useId();
  useEffect(() => {
    const points = createPointLayer();
    const paint = () => {
      const shown = picture.peek();
      paintSurface(grid.current, overlay.current, shown, probe?.peek());
      if (samples.current && shown) points.paint(samples.current, shown);
    };
    const stop = effect(() => {
      picture.value;
      probe?.value;
      paint();
    });
    const resizes = [overlay, samples].map(({ current }) => current && watchSize(current, paint));
    const stopTheme = onThemeChange(paint);
    return () => {
      stop();
      stopTheme();
      for (const stopResizes of resizes) stopResizes?.();
    };
  }, [picture, probe]);
  const extent = () => picture.peek()?.extent ?? 1;
  const isActive = onProbe !== undefined;
  return (
    <div class="surface">
      <div class="surface-frame">
        <div
          class="surface-stack"
          role="img"
          aria-label={name}
          aria-describedby={isActive ? hint : undefined}
          tabIndex={isActive ? 0 : undefined}
          onPointerMove={(event) => onProbe?.(pointOf(event, extent()))}
          onPointerLeave={(event) => event.pointerType === 'mouse' && onProbe?.(undefined)}
          onClick={(event) => onPick?.(pointOf(event, extent()))}
          onKeyDown={(event) => isActive && moveProbe(event, probe?.peek(), extent(), onProbe, onPick)}
        >
          <canvas ref={grid} class="surface-grid" width="96" height="96" />
          <canvas ref={samples} class="surface-overlay" />
          <canvas ref={overlay} class="surface-overlay" />
        </div>
        <span class="axis-name axis-x" aria-hidden="true">
          {axes[0]}
        </span>
        <span class="axis-name axis-y" aria-hidden="true">
          {axes[1]}
        </span>
      </div>
      {isActive && (
        <span id={hint} class="visually-hidden">
          Arrow keys move a probe over the surface, with Shift by larger steps; Escape takes it away.
        </span>
      )}
      {hasTable && <SurfaceTable name={name} picture={picture} axes={axes} />}
    </div>
  );
}

function paintSurface(
  grid: HTMLCanvasElement | null,
  overlay: HTMLCanvasElement | null,
  picture: SurfacePicture | undefined,
  probe: Point | undefined,
): void {
  if (!grid || !overlay || !picture || picture.values.length < picture.size ** 2) return;
  const theme = shownTheme();
  const { values, size, extent, scale, contours, points, isWrong } = picture;
  if (grid.width !== size) {
    grid.width = size;
    grid.height = size;
  }
  const pixels = grid.getContext('2d');
  if (pixels) {
    const image = new ImageData(size, size);
    paintGrid(values, new Uint32Array(image.data.buffer), size, tables[theme], scale);
    pixels.putImageData(image, 0, 0);
  }
  const fitted = fitCanvas(overlay);
  if (!fitted) return;
  const { context, width: side } = fitted;
  const palette = palettes[theme];
  paintContours(context, values, size, contours, side, palette);
  if (points && isWrong) paintRings(context, points, extent, side, palette, isWrong);
  if (probe) paintProbe(context, probe, extent, side, palette);
}

/** Samples have a canvas of their own, painted again only when they, its size or the theme changed. */
function createPointLayer() {
  let painted: readonly unknown[] = [];
  return {
    paint(canvas: HTMLCanvasElement, { points, extent }: SurfacePicture): void {
      const theme = shownTheme();
      const wanted = [points, extent, theme, sizeOf(canvas).width, window.devicePixelRatio];
      if (wanted.every((one, at) => one === painted[at])) return;
      const fitted = fitCanvas(canvas);
      if (!fitted) return;
      painted = wanted;
      if (points) paintPoints(fitted.context, points, extent, fitted.width, palettes[theme]);
    },
  };
}

function paintProbe(
  context: CanvasRenderingContext2D,
  [x1, x2]: Point,
  extent: number,
  side: number,
  palette: Palette,
): void {
  const x = toPixel(x1, extent, side);
  const y = side - toPixel(x2, extent, side);
  const cross = new Path2D(`M${x} 0V${y - 5}M${x} ${y + 5}V${side}M0 ${y}H${x - 5}M${x + 5} ${y}H${side}`);
  for (const [width, colour] of [
    [3, palette.background],
    [1, palette.text],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke(cross);
  }
}

function pointOf(event: MouseEvent, extent: number): Point {
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const place = (share: number) => extent * Math.min(1, Math.max(-1, 2 * share - 1));
  return [place((event.clientX - box.left) / box.width), -place((event.clientY - box.top) / box.height)];
}

const arrows: Readonly<Record<string, Point | undefined>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

function moveProbe(
  event: KeyboardEvent,
  from: Point = [0, 0],
  extent: number,
  onProbe?: (point: Point | undefined) => void,
  onPick?: (point: Point) => void,
): void {
  const arrow = arrows[event.key];
  if (arrow) {
    const step = extent * (event.shiftKey ? 0.2 : 0.04);
    const move = (at: 0 | 1) =>
      Number(Math.min(extent, Math.max(-extent, from[at] + step * arrow[at])).toFixed(6));
    onProbe?.([move(0), move(1)]);
  } else if (event.key === 'Escape') onProbe?.(undefined);
  else if (event.key === 'Enter' && onPick) onPick(from);
  else return;
  event.preventDefault();
}
