import type { BenchReport } from './benchReport.js';
import { renderActionBenchmark } from './renderActionBenchmark.js';
import { renderCsv } from './renderCsv.js';
import { renderGoogleBenchmark } from './renderGoogleBenchmark.js';
import { renderMarkdown } from './renderMarkdown.js';
import { renderText } from './renderText.js';

export type ReportFormat = 'text' | 'markdown' | 'csv' | 'json' | 'action-benchmark' | 'google-benchmark';

/** Every format, by name. */
export const renderers: { readonly [K in ReportFormat]: (report: BenchReport) => string } = {
  text: renderText,
  markdown: renderMarkdown,
  csv: renderCsv,
  json: (report) => `${JSON.stringify(report, null, 2)}\n`,
  'action-benchmark': renderActionBenchmark,
  'google-benchmark': renderGoogleBenchmark,
};
