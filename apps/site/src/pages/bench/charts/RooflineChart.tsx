import type { BenchReport, Peak } from '@polyneuron/bench';
import { ScrollRegion } from '../../../shell/ScrollRegion.js';
import { settingTitle, textOf } from '../contenderTexts.js';
import { digits, printShare } from '../printNumbers.js';
import { ChartFrame } from './ChartFrame.js';
import { chartHeight, LogChart, margin } from './LogChart.js';
import { logAxis, tightLogAxis } from './logAxis.js';
import { Legend, Mark } from './Mark.js';
import {
  ceilingAt,
  type Roof,
  type RooflinePoint,
  rooflinePoints,
  roofsOf,
  streamBandwidth,
} from './roofline.js';

/** Rates against intensities, below the ceilings measured in this browser. */
export function RooflineChart({ report }: { readonly report: BenchReport }) {
  const points = rooflinePoints(report);
  const { peak } = report;
  if (points.length === 0 || !peak) return null;
  const cases = [...new Set(points.map(({ result }) => result.case))];
  const roofs = roofsOf(points, peak);
  return (
    <figure class="bench-chart">
      <figcaption>
        <h3>Roofline</h3>
        <p>
          Ceilings measured in this browser: {digits(peak.gflops)} GFLOP/s for each thread, and{' '}
          {digits(streamBandwidth(peak))} GB/s from memory by one thread. {describeGraphics(peak)} Numbers
          beside marks: the case.
        </p>
      </figcaption>
      <ChartFrame>
        {(width) => <Roofs width={width} points={points} cases={cases} roofs={roofs} />}
      </ChartFrame>
      <Legend
        names={[...new Set(points.map(({ result }) => result.contender))].map((name) => ({
          title: textOf(name).title,
          text: textOf(name),
        }))}
      />
      <details>
        <summary>The same as a table</summary>
        <ScrollRegion label="Roofline as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Case</th>
                <th scope="col">Contender</th>
                <th scope="col" class="number">
                  FLOP per byte
                </th>
                <th scope="col" class="number">
                  GFLOP/s
                </th>
                <th scope="col" class="number">
                  Of the lower ceiling
                </th>
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <PointRow
                  key={`${point.result.case} ${point.result.contender} ${point.result.threads}`}
                  point={point}
                  at={cases.indexOf(point.result.case) + 1}
                />
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </figure>
  );
}

interface RoofsProps {
  readonly width: number;
  readonly points: readonly RooflinePoint[];
  readonly cases: readonly string[];
  readonly roofs: readonly Roof[];
}

function Roofs({ width, points, cases, roofs }: RoofsProps) {
  const intensities = [...points.map(({ intensity }) => intensity), ...roofs.map(ridgeOf)];
  const x = tightLogAxis(intensities, margin.left, width - margin.right);
  // The roofs go from edge to edge: a little beyond the points
  const [lowest, highest] = [Math.min(...intensities) / 1.3, Math.max(...intensities) * 1.3];
  const y = logAxis(
    [...points.map(({ gflops }) => gflops), ...roofs.map(({ gflops }) => gflops)],
    chartHeight - margin.bottom,
    margin.top,
  );
  return (
    <LogChart
      title="Roofline"
      description={describeRoofline(points, cases)}
      width={width}
      x={x}
      y={y}
      xLabel="FLOP per compulsory byte"
      yLabel="GFLOP/s"
    >
      {roofs.map((roof, at) => (
        <g key={roof.title}>
          <path
            class="roof"
            d={roofPath({ lowest, highest, ridge: ridgeOf(roof) }, (intensity) => [
              x.place(intensity),
              Math.min(chartHeight - margin.bottom, y.place(ceilingAt(roof, intensity))),
            ])}
            stroke-dasharray={roof.dash}
          />
          <text
            class="tick"
            x={width - margin.right - 4 - 68 * at}
            y={y.place(ceilingAt(roof, highest)) - 4}
            text-anchor="end"
          >
            {roof.title}
          </text>
        </g>
      ))}
      {points.map(({ result, intensity, gflops }) => (
        <g key={`${result.case} ${result.contender} ${result.threads}`}>
          <Mark text={textOf(result.contender)} x={x.place(intensity)} y={y.place(gflops)} />
          <text class="mark-label" x={x.place(intensity) + 7} y={y.place(gflops) + 4}>
            {cases.indexOf(result.case) + 1}
          </text>
        </g>
      ))}
    </LogChart>
  );
}

function PointRow({ point, at }: { readonly point: RooflinePoint; readonly at: number }) {
  const { result, intensity, gflops, ceiling } = point;
  return (
    <tr>
      <th scope="row">
        {at}: {result.case}
      </th>
      <td>{settingTitle(result)}</td>
      <td class="number">{digits(intensity)}</td>
      <td class="number">{digits(gflops)}</td>
      <td class="number">{ceiling === undefined ? 'not measured' : printShare(gflops / ceiling)}</td>
    </tr>
  );
}

/** The intensity at which bandwidth and peak meet. */
function ridgeOf({ gflops, bandwidthGBs }: Roof): number {
  return gflops / bandwidthGBs;
}

function describeGraphics({ graphics }: Peak): string {
  if (!graphics) return '';
  const { gflops, copyGBs, launchMs } = graphics;
  return `WebGL: ${digits(gflops)} GFLOP/s in a shader, ${digits(copyGBs)} GB/s from texture to texture, and ${digits(launchMs)} ms to draw and read back one pixel.`;
}

interface RoofSpan {
  readonly lowest: number;
  readonly highest: number;
  /** Intensity at which bandwidth and peak meet. */
  readonly ridge: number;
}

function roofPath(
  { lowest, highest, ridge }: RoofSpan,
  at: (intensity: number) => readonly [number, number],
): string {
  const stops = [lowest, ...(ridge > lowest && ridge < highest ? [ridge] : []), highest];
  return `M${stops.map((intensity) => at(intensity).join(' ')).join('L')}`;
}

function describeRoofline(points: readonly RooflinePoint[], cases: readonly string[]): string {
  const shares = points.filter(({ ceiling }) => ceiling !== undefined);
  if (shares.length === 0) return `${points.length} results in ${cases.length} cases.`;
  const share = ({ gflops, ceiling }: RooflinePoint) => gflops / (ceiling as number);
  const best = shares.reduce((a, b) => (share(b) > share(a) ? b : a));
  return `${points.length} results in ${cases.length} cases; nearest to its ceiling is ${settingTitle(best.result)} on ${best.result.case}, with ${printShare(share(best))}.`;
}
