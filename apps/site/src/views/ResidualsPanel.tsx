import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { cssColour, divergingTable, signedIndex } from '../drawing/colourTable.js';
import { fitCanvas } from '../drawing/fitCanvas.js';
import { type PointCloud, toPixel } from '../drawing/paintPoints.js';
import { palettes } from '../drawing/palette.js';
import { onThemeChange, shownTheme } from '../drawing/shownTheme.js';
import type { Contestant, Frame } from '../protocol/messages.js';
import type { DuelState } from './duelState.js';
import { threeDigits } from './formulaTerms.js';
import { binCount, residualBins } from './residualBins.js';
import { useOnScreen } from './useOnScreen.js';
import { useThrottled } from './useThrottled.js';
import { largestSize } from './weights/layerWeights.js';

const tables = { light: divergingTable('light'), dark: divergingTable('dark') };

/** Target minus prediction of every sample: a map, and a histogram on the same scale for both contestants. */
export function ResidualsPanel({
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
      const residuals = duel.session.frame.peek()?.residuals;
      const cloud = duel.cloud.peek();
      if (canvas.current && residuals && cloud) {
        paintMap(canvas.current, cloud, residuals[contestant], limitOf(residuals), duel.extent.peek());
      }
    };
    const stop = effect(() => {
      duel.session.frame.value;
      duel.cloud.value;
      paint();
    });
    const stopTheme = onThemeChange(paint);
    return () => {
      stop();
      stopTheme();
    };
  }, [duel, contestant]);
  const read = contestant === 0 ? readOurs : readRival;
  const { value: summary } = useThrottled(duel.session.frame, 200, read);
  const owner = contestant === 0 ? 'ours' : 'the rival';
  return (
    <div ref={element} class="residuals-panel">
      <canvas
        ref={canvas}
        class="residual-map"
        role="img"
        aria-label={`Target minus prediction of ${owner} at every sample`}
      />
      {summary ? (
        <Histogram {...summary} owner={owner} />
      ) : (
        <p class="hint">No residuals of this data set.</p>
      )}
    </div>
  );
}

interface Summary {
  readonly bins: readonly number[];
  readonly limit: number;
  readonly mean: number;
}

const readOurs = (frame: Frame | undefined) => summarize(frame, 0);
const readRival = (frame: Frame | undefined) => summarize(frame, 1);

function summarize(frame: Frame | undefined, contestant: Contestant): Summary | undefined {
  if (!frame?.residuals) return undefined;
  const residuals = frame.residuals[contestant];
  const limit = limitOf(frame.residuals);
  const mean = residuals.reduce((sum, one) => sum + Math.abs(one), 0) / residuals.length;
  return { bins: residualBins(residuals, limit), limit, mean };
}

function limitOf(residuals: readonly [Float32Array, Float32Array]): number {
  return largestSize(...residuals) || 1;
}

function Histogram({ bins, limit, mean, owner }: Summary & { readonly owner: string }) {
  const most = Math.max(1, ...bins);
  const [width, height] = [8, 96];
  return (
    <figure class="histogram">
      <svg
        viewBox={`0 0 ${width * binCount} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Residuals of ${owner}: mean size ${threeDigits(mean)}, 31 bins from ${threeDigits(-limit)} to ${threeDigits(limit)}`}
      >
        {bins.map((count, at) => {
          const tall = (count / most) * (height - 4);
          return <rect key={at} x={at * width + 0.5} y={height - tall} width={width - 1} height={tall} />;
        })}
        <path class="plot-axis" d={`M${(width * binCount) / 2} 0V${height}`} />
      </svg>
      <figcaption class="figure">
        <span>{threeDigits(Number((-limit).toPrecision(2)))}</span>
        <span>mean size {threeDigits(Number(mean.toPrecision(2)))}</span>
        <span>{threeDigits(Number(limit.toPrecision(2)))}</span>
      </figcaption>
    </figure>
  );
}

function paintMap(
  canvas: HTMLCanvasElement,
  { positions }: PointCloud,
  residuals: Float32Array,
  limit: number,
  extent: number,
): void {
  const fitted = fitCanvas(canvas);
  if (!fitted) return;
  const { context, width: side } = fitted;
  const theme = shownTheme();
  context.strokeStyle = palettes[theme].strongLine;
  context.lineWidth = 0.75;
  for (let index = 0; index < residuals.length; index++) {
    const x = toPixel(positions[2 * index], extent, side);
    const y = side - toPixel(positions[2 * index + 1], extent, side);
    // The size says how large, the colour and the shape which sign
    const radius = 1.5 + 3.5 * Math.min(1, Math.abs(residuals[index]) / limit);
    context.fillStyle = cssColour(tables[theme], signedIndex(residuals[index], limit));
    context.beginPath();
    if (residuals[index] >= 0) context.arc(x, y, radius, 0, 2 * Math.PI);
    else context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    context.fill();
    context.stroke();
  }
}
