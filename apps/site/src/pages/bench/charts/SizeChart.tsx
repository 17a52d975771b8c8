import type { BenchReport, BenchResult } from '@polyneuron/bench';
import { ScrollRegion } from '../../../shell/ScrollRegion.js';
import { settingTitle, textOf } from '../contenderTexts.js';
import { printTime } from '../printNumbers.js';
import { ChartFrame } from './ChartFrame.js';
import { chartHeight, LogChart, margin } from './LogChart.js';
import { logAxis, tightLogAxis } from './logAxis.js';
import { Legend, Mark } from './Mark.js';

interface Series {
  readonly title: string;
  readonly contender: string;
  readonly points: readonly { readonly size: number; readonly result: BenchResult }[];
}

/** Time against size: where one contender overtakes another. */
export function SizeChart({ report }: { readonly report: BenchReport }) {
  const series = seriesOf(report.results);
  if (series.length === 0) return null;
  const points = series.flatMap((one) => one.points);
  const sizes = [...new Set(points.map(({ size }) => size))].sort((a, b) => a - b);
  if (sizes.length < 2) return null;
  return (
    <figure class="bench-chart">
      <figcaption>
        <h3>Time against size</h3>
        <p>Product of two square matrices, medians; both axes logarithmic.</p>
      </figcaption>
      <ChartFrame>{(width) => <SizeCurves width={width} series={series} sizes={sizes} />}</ChartFrame>
      <Legend
        names={[...new Set(series.map(({ contender }) => contender))].map((name) => ({
          title: textOf(name).title,
          text: textOf(name),
        }))}
      />
      <details>
        <summary>The same as a table</summary>
        <ScrollRegion label="Time against size as a table">
          <table>
            <thead>
              <tr>
                <th scope="col">Contender</th>
                {sizes.map((size) => (
                  <th key={size} scope="col" class="number">
                    {size}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {series.map(({ title, points: own }) => (
                <tr key={title}>
                  <th scope="row">{title}</th>
                  {sizes.map((size) => {
                    const point = own.find((one) => one.size === size);
                    return (
                      <td key={size} class="number">
                        {point ? printTime(point.result.median) : '–'}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </figure>
  );
}

interface CurvesProps {
  readonly width: number;
  readonly series: readonly Series[];
  readonly sizes: readonly number[];
}

function SizeCurves({ width, series, sizes }: CurvesProps) {
  const x = tightLogAxis(sizes, margin.left, width - margin.right);
  const y = logAxis(
    series.flatMap(({ points }) => points.map(({ result }) => result.median)),
    chartHeight - margin.bottom,
    margin.top,
  );
  return (
    <LogChart
      title="Time against size"
      description={`${series.length} contenders at ${sizes.length} sizes from ${sizes[0]} to ${sizes.at(-1)}.`}
      width={width}
      x={x}
      y={y}
      xLabel="rows and columns"
      yLabel="ms"
    >
      {series.map(({ title, contender, points: own }) => (
        <g key={title}>
          <path
            class={`curve ${textOf(contender).isOurs ? 'is-ours' : 'is-rival'}`}
            d={`M${own.map(({ size, result }) => `${x.place(size)} ${y.place(result.median)}`).join('L')}`}
            stroke-dasharray={textOf(contender).dash}
          />
          {own.map(({ size, result }) => (
            <Mark key={size} text={textOf(contender)} x={x.place(size)} y={y.place(result.median)} />
          ))}
          <ThreadLabel series={{ title, contender, points: own }} x={x.place} y={y.place} />
        </g>
      ))}
    </LogChart>
  );
}

/** The number of threads at the last point, where it is not one. */
function ThreadLabel({
  series: { points },
  x,
  y,
}: {
  readonly series: Series;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}) {
  const last = points.at(-1);
  if (!last || last.result.threads === 1) return null;
  return (
    <text class="mark-label" x={x(last.size) - 8} y={y(last.result.median) - 8} text-anchor="end">
      {last.result.threads} threads
    </text>
  );
}

function seriesOf(results: readonly BenchResult[]): readonly Series[] {
  const sized = results.flatMap((result) => {
    const [, size] = /^size-(\d+)$/.exec(result.case) ?? [];
    return size === undefined ? [] : [{ size: Number(size), result }];
  });
  return [...new Set(sized.map(({ result }) => settingTitle(result)))].map((title) => {
    const points = sized
      .filter(({ result }) => settingTitle(result) === title)
      .sort((a, b) => a.size - b.size);
    return { title, contender: (points[0] as (typeof points)[number]).result.contender, points };
  });
}
