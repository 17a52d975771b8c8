import type { BenchReport } from '@polyneuron/bench';
import { CaseResults } from './CaseResults.js';
import { Conditions } from './Conditions.js';

/** A run from a file, under its own heading: never in the place of a figure that this browser lacks. */
export function ImportedRun({
  name,
  report,
  titles,
}: {
  readonly name: string;
  readonly report: BenchReport;
  readonly titles: Readonly<Record<string, string>>;
}) {
  const { environment } = report;
  return (
    <section class="imported" aria-labelledby="imported-title">
      <h2 id="imported-title">From the file {name}</h2>
      <p>
        Measured elsewhere: {environment.cpu}, {environment.cores} cores, {environment.runtime}, on{' '}
        {environment.date.slice(0, 10)}.
      </p>
      <Conditions report={report} />
      <CaseResults report={report} titles={titles} prefix="imported" />
    </section>
  );
}
