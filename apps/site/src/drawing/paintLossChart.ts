import { type Decades, decadeTicks, linearTicks, shortNumber } from './axisTicks.js';
import { type Curve, type Envelope, envelopeOf, type Series } from './curve.js';
import type { Palette } from './palette.js';

export interface LossChart {
  readonly curve: Curve;
  readonly decades: Decades;
  /** Right end of the axis, in steps. */
  readonly lastStep: number;
  /** Units of the axis that a step of ours and of the rival take. Steps: [1, 1]. */
  readonly perStep: readonly [number, number];
  readonly axisTitle: string;
  /** At the ends of the lines. */
  readonly names: readonly [string, string];
  /** Loss to reach, if the run has one. */
  readonly target?: number;
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const columns = 512;
const margin = { left: 40, right: 44, top: 8, bottom: 34 };

/** Loss over steps: decades upwards; train 1 px, test 2 px; ours solid, the rival dashed; names at the lines' ends. */
export function paintLossChart(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  chart: LossChart,
  palette: Palette,
): void {
  const frame: Frame = {
    left: margin.left,
    top: margin.top,
    width: width - margin.left - margin.right,
    height: height - margin.top - margin.bottom,
  };
  const end = Math.max(...chart.perStep) * chart.lastStep;
  paintAxes(context, frame, chart, end, palette);
  const ends: { readonly name: string; readonly colour: string; y: number }[] = [];
  for (const contestant of [1, 0] as const) {
    const colour = contestant === 0 ? palette.ours : palette.rival;
    const own = frame.width * ((chart.perStep[contestant] * chart.lastStep) / end);
    for (const part of [0, 1] as const) {
      const series = (2 * contestant + part) as Series;
      const envelope = envelopeOf(chart.curve, series, chart.lastStep, columns);
      context.lineWidth = part === 1 ? 2 : 1;
      context.strokeStyle = colour;
      context.globalAlpha = part === 1 ? 1 : 0.7;
      context.setLineDash(contestant === 1 ? [6, 4] : []);
      const last = strokeEnvelope(context, envelope, { ...frame, width: own }, chart.decades);
      if (part === 1 && last !== undefined) ends.push({ name: chart.names[contestant], colour, y: last });
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
  paintNames(context, frame, ends, palette);
}

/** Share of the height below a loss. */
function heightOf(loss: number, { low, high }: Decades): number {
  return Math.min(1, Math.max(0, (Math.log10(Math.max(loss, 1e-300)) - low) / (high - low)));
}

/** A vertical stroke per column from its least to its most, joined; returns the height of the last. */
function strokeEnvelope(
  context: CanvasRenderingContext2D,
  { least, most }: Envelope,
  frame: Frame,
  decades: Decades,
): number | undefined {
  let last: number | undefined;
  context.beginPath();
  for (let column = 0; column < columns; column++) {
    if (Number.isNaN(least[column])) continue;
    const x = frame.left + ((column + 0.5) / columns) * frame.width;
    const from = frame.top + frame.height * (1 - heightOf(least[column], decades));
    const to = frame.top + frame.height * (1 - heightOf(most[column], decades));
    const isDown = last === undefined || Math.abs(last - from) < Math.abs(last - to);
    context.lineTo(x, isDown ? from : to);
    if (Math.abs(from - to) > 0.5) context.lineTo(x, isDown ? to : from);
    last = isDown ? to : from;
  }
  context.stroke();
  return last;
}

function paintAxes(
  context: CanvasRenderingContext2D,
  frame: Frame,
  chart: LossChart,
  end: number,
  palette: Palette,
): void {
  context.font = '12px system-ui, sans-serif';
  context.fillStyle = palette.muted;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  context.beginPath();
  for (const exponent of decadeTicks(chart.decades, 5)) {
    const y = Math.round(frame.top + frame.height * (1 - heightOf(10 ** exponent, chart.decades))) + 0.5;
    context.moveTo(frame.left, y);
    context.lineTo(frame.left + frame.width, y);
    context.fillText(
      exponent >= -3 && exponent <= 3 ? String(10 ** exponent) : `1e${exponent}`,
      frame.left - 6,
      y,
    );
  }
  context.stroke();
  context.textAlign = 'center';
  context.textBaseline = 'top';
  for (const tick of linearTicks(end, 4)) {
    context.fillText(
      shortNumber(tick),
      frame.left + (tick / end) * frame.width,
      frame.top + frame.height + 5,
    );
  }
  context.textAlign = 'right';
  context.fillText(chart.axisTitle, frame.left + frame.width, frame.top + frame.height + 19);
  context.textAlign = 'left';
  if (chart.target === undefined) return;
  const y = Math.round(frame.top + frame.height * (1 - heightOf(chart.target, chart.decades))) + 0.5;
  context.strokeStyle = palette.strongLine;
  context.setLineDash([2, 3]);
  context.beginPath();
  context.moveTo(frame.left, y);
  context.lineTo(frame.left + frame.width, y);
  context.stroke();
  context.fillText('target', frame.left + 4, y - 14);
  context.setLineDash([]);
}

/** Names beside the lines' ends, moved apart where they would touch. */
function paintNames(
  context: CanvasRenderingContext2D,
  frame: Frame,
  ends: { readonly name: string; readonly colour: string; y: number }[],
  palette: Palette,
): void {
  const apart = 15;
  ends.sort((one, other) => one.y - other.y);
  if (ends.length === 2 && ends[1].y - ends[0].y < apart) {
    const middle = Math.min(
      frame.top + frame.height - apart / 2,
      Math.max(frame.top + apart / 2, (ends[0].y + ends[1].y) / 2),
    );
    ends[0].y = middle - apart / 2;
    ends[1].y = middle + apart / 2;
  }
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.font = '600 12px system-ui, sans-serif';
  context.lineWidth = 3;
  context.strokeStyle = palette.background;
  for (const { name, colour, y } of ends) {
    context.strokeText(name, frame.left + frame.width + 4, y);
    context.fillStyle = colour;
    context.fillText(name, frame.left + frame.width + 4, y);
  }
}
