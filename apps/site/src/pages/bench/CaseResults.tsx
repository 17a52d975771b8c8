import type { BenchError, BenchReport, BenchResult, NoiseFloor, Verdict } from '@polyneuron/bench';
import { ScrollRegion } from '../../shell/ScrollRegion.js';
import { type CaseRow, tablesOf } from './caseRows.js';
import { shareOfOwnPeak } from './charts/roofline.js';
import { settingTitle, textOf } from './contenderTexts.js';
import { printError, printRatio, printShare, printTime } from './printNumbers.js';

const verdictTexts: { readonly [V in Verdict]: string } = {
  faster: '▲ faster',
  slower: '▼ slower',
  'no difference': '= no difference',
};

/** A table per case. `titles` say what a case is, by its name. */
export function CaseResults({
  report,
  titles,
  prefix = 'case',
}: {
  readonly report: BenchReport;
  readonly titles: Readonly<Record<string, string>>;
  /** Of the ids of the headings. default 'case' */
  readonly prefix?: string;
}) {
  return (
    <>
      {tablesOf(report).map(({ name, rows, noise }) => (
        <section key={name} class="bench-case" aria-labelledby={`${prefix}-${name}`}>
          <h3 id={`${prefix}-${name}`}>{name}</h3>
          {titles[name] && <p class="muted">{titles[name]}</p>}
          <ScrollRegion label={`Results of ${name}`}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Contender</th>
                  <th scope="col" class="number">
                    Median
                  </th>
                  <th scope="col" class="number">
                    Middle half
                  </th>
                  <th scope="col" class="number">
                    Speed against the baseline
                  </th>
                  <th scope="col">Verdict</th>
                  <th scope="col" class="number">
                    Share of peak
                  </th>
                  <th scope="col" class="number">
                    First call
                  </th>
                  <th scope="col" class="number">
                    Error, limit
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <Row key={keyOf(row)} row={row} report={report} />
                ))}
              </tbody>
            </table>
          </ScrollRegion>
          <p class="muted">{noise ? describeNoise(noise) : 'Noise floor: not measured in this case.'}</p>
        </section>
      ))}
    </>
  );
}

function Row({ row, report }: { readonly row: CaseRow; readonly report: BenchReport }) {
  if (row.kind === 'timed') return <TimedRow result={row.result} report={report} />;
  if (row.kind === 'wrong') return <WrongRow error={row.error} />;
  return (
    <tr>
      <th scope="row">{textOf(row.contender).title}</th>
      <td colSpan={7}>Not available: {firstLine(row.reason)}</td>
    </tr>
  );
}

function TimedRow({ result, report }: { readonly result: BenchResult; readonly report: BenchReport }) {
  const { median, p25, p75, ratio, ratioInterval, verdict, firstCallMs, maxError, tolerance } = result;
  const isBaseline = ratio === undefined && result.contender === report.baseline;
  const shareOfPeak = shareOfOwnPeak(result, report.peak);
  return (
    <tr class={textOf(result.contender).isOurs ? 'is-ours' : 'is-rival'}>
      <th scope="row">
        {settingTitle(result)}
        <small>{result.device}</small>
        <SourceLink contender={result.contender} />
      </th>
      <td class="number">
        {printTime(median)}
        {!result.isWarm && <small class="warning">unstable</small>}
      </td>
      <td class="number">
        {printTime(p25)} to {printTime(p75)}
        <small>{result.samples} samples</small>
      </td>
      <td class="number">
        {ratio === undefined ? '–' : printRatio(ratio)}
        {ratioInterval && (
          <small>
            {printRatio(ratioInterval[0])} to {printRatio(ratioInterval[1])}
          </small>
        )}
      </td>
      <td>{verdict ? verdictTexts[verdict] : isBaseline ? 'baseline' : 'no baseline here'}</td>
      <td class="number">{shareOfPeak === undefined ? '–' : printShare(shareOfPeak)}</td>
      <td class="number">{printTime(firstCallMs)}</td>
      <td class="number">
        {printError(maxError)}
        <small>at most {printError(tolerance)}</small>
      </td>
    </tr>
  );
}

/** Leads away from a run: its figures stay on the page that is left, so the source opens beside it. */
function SourceLink({ contender }: { readonly contender: string }) {
  const { source, title } = textOf(contender);
  return source === '' ? null : (
    <small>
      <a href={source} target="_blank" rel="noopener">
        Source<span class="visually-hidden"> of {title}, in a new tab</span>
      </a>
    </small>
  );
}

function WrongRow({ error }: { readonly error: BenchError }) {
  const { maxError, tolerance, message } = error;
  return (
    <tr class="is-wrong">
      <th scope="row">{settingTitle(error)}</th>
      <td colSpan={6}>
        <strong>Wrong, not timed:</strong> {firstLine(message).replace(/^not timed: /, '')}
      </td>
      <td class="number">
        {maxError === null ? '–' : printError(maxError)}
        {tolerance !== null && <small>at most {printError(tolerance)}</small>}
      </td>
    </tr>
  );
}

function describeNoise({ contender, threads, ratio, ratioInterval: [low, high] }: NoiseFloor): string {
  return `Noise floor (A/A): ${settingTitle({ contender, threads })} against itself ${printRatio(ratio)}, 95 % interval ${printRatio(low)} to ${printRatio(high)}. Inside it there is no difference.`;
}

function keyOf(row: CaseRow): string {
  if (row.kind === 'timed') return `${row.result.contender} ${row.result.threads}`;
  if (row.kind === 'wrong') return `wrong ${row.error.contender} ${row.error.threads}`;
  return `missing ${row.contender} ${row.reason}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}
