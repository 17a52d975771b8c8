import { type BenchReport, readBenchReport, renderers } from '@polyneuron/bench';
import type { Signal } from '@preact/signals';
import { saveText } from '../saveText.js';

/** Download of this run's report, and import of another one. */
export function ReportFiles({
  report,
  imported,
  importFault,
}: {
  readonly report: BenchReport | undefined;
  readonly imported: Signal<{ readonly name: string; readonly report: BenchReport } | undefined>;
  readonly importFault: Signal<string>;
}) {
  const read = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file) return;
    try {
      imported.value = { name: file.name, report: readBenchReport(await file.text()) };
      importFault.value = '';
    } catch (cause) {
      imported.value = undefined;
      importFault.value = (cause as Error).message;
    }
    input.value = '';
  };
  return (
    <div class="bench-files">
      <button
        type="button"
        disabled={report === undefined}
        onClick={() =>
          report &&
          saveText(`polyneuron-bench-${report.environment.date.slice(0, 10)}.json`, renderers.json(report))
        }
      >
        Download this run as JSON
      </button>
      <label>
        Show another run beside it (JSON)
        <input
          type="file"
          accept="application/json,.json"
          onChange={({ currentTarget }) => void read(currentTarget)}
        />
      </label>
      {importFault.value && (
        <p class="warning" role="alert">
          {importFault.value}
        </p>
      )}
    </div>
  );
}
