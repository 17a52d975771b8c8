import { effect, type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Decades, growDecades } from '../drawing/axisTicks.js';
import { watchSize } from '../drawing/canvasSize.js';
import { type Curve, type Series, sampleCurve } from '../drawing/curve.js';
import { fitCanvas } from '../drawing/fitCanvas.js';
import { type LossChart as Chart, paintLossChart } from '../drawing/paintLossChart.js';
import { palettes } from '../drawing/palette.js';
import { onThemeChange, shownTheme } from '../drawing/shownTheme.js';
import { ScrollRegion } from '../shell/ScrollRegion.js';
import { useThrottled } from './useThrottled.js';

export interface LossChartProps {
  readonly curve: Curve;
  /** Changes when the curve has grown or was cleared. */
  readonly change: ReadonlySignal<unknown>;
  /** The rest of the chart, read at each painting. */
  readonly look: () => Pick<Chart, 'perStep' | 'axisTitle' | 'names' | 'target'> & {
    readonly lastStep: number;
  };
}

/** Loss of both contestants over the run, at ten pictures a second. */
export function LossChart({ curve, change, look }: LossChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const slow = useThrottled(change, 100);
  useEffect(() => {
    let decades: Decades | undefined;
    let seen = 0;
    const paint = () => {
      const fitted = canvas.current && fitCanvas(canvas.current);
      if (!fitted) return;
      if (curve.length < seen) {
        decades = undefined;
        seen = 0;
      }
      decades = growDecades(decades, ...extremesOf(curve, seen));
      seen = curve.length;
      const { lastStep, ...rest } = look();
      const chart = { ...rest, curve, decades, lastStep: Math.max(1, lastStep, curve.lastStep) };
      paintLossChart(fitted.context, fitted.width, fitted.height, chart, palettes[shownTheme()]);
    };
    const stop = effect(() => {
      slow.value;
      paint();
    });
    const stopResizes = canvas.current ? watchSize(canvas.current, paint) : undefined;
    const stopTheme = onThemeChange(paint);
    return () => {
      stop();
      stopTheme();
      stopResizes?.();
    };
  }, [curve, slow, look]);
  return (
    <div class="loss">
      <canvas ref={canvas} class="loss-canvas" role="img" aria-label="Loss of both networks over the steps" />
      <LossTable curve={curve} change={change} />
    </div>
  );
}

/** Least positive and largest finite loss among the points from `first` on. */
function extremesOf(curve: Curve, first: number): readonly [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let point = first; point < curve.length; point++) {
    for (const series of [0, 1, 2, 3] as const) {
      const value = curve.value(point, series);
      if (!(value > 0) || !Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return [least, most];
}

function LossTable({ curve, change }: Pick<LossChartProps, 'curve' | 'change'>) {
  const isOpen = useSignal(false);
  const slow = useThrottled(change, 1000);
  slow.value;
  const last = curve.length - 1;
  return (
    <>
      <p class="visually-hidden">
        {last < 0
          ? 'No step trained yet.'
          : `At step ${curve.lastStep} the test loss is ${digits(curve.value(last, 1))} for ours and ${digits(curve.value(last, 3))} for the rival.`}
      </p>
      <details
        class="data-table"
        onToggle={(event) => {
          isOpen.value = event.currentTarget.open;
        }}
      >
        <summary>Values of the loss</summary>
        {isOpen.value && (
          <ScrollRegion label="Values of the loss">
            <table class="dense">
              <thead>
                <tr>
                  {['step', 'ours train', 'ours test', 'rival train', 'rival test'].map((title) => (
                    <th key={title} scope="col" class="number">
                      {title}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {sampleCurve(curve, 20).map((point) => (
                  <tr key={point}>
                    <th scope="row" class="number">
                      {curve.step(point)}
                    </th>
                    {([0, 1, 2, 3] as readonly Series[]).map((series) => (
                      <td key={series} class="number">
                        {digits(curve.value(point, series))}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        )}
      </details>
    </>
  );
}

function digits(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(3) : 'not finite';
}
