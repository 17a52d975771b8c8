/** @file docs/benchmarks.md: machine, versions, date, commands, and the tables of every result file. */
import { type BenchReport, describeLoad, describeVersions, renderers } from '@polyneuron/bench';
import { markdownTable } from '../markdown.js';
import { alignTable } from './alignTable.js';
import { type BenchmarkRecipe, benchmarkRecipes, commandOf } from './recipes.js';
import { comparedCases, ratioOf, resultOf, timedSettings } from './settingNames.js';

/** The page; results by name of their recipe, and names of those with a figure. */
export function benchmarksPage(
  results: ReadonlyMap<string, BenchReport>,
  figures: ReadonlySet<string>,
): string {
  const measured = benchmarkRecipes.flatMap((recipe) => {
    const report = results.get(recipe.name);
    return report ? [{ recipe, report }] : [];
  });
  return `${[
    '# Benchmarks',
    '<!-- Written by `npm run docs` from docs/benchmarks/*.json; `node scripts/measureBenchmarks.mjs` measures those. -->',
    'Each contender first computed the right result, compared with a float64 interpreter in the same run; then all were timed in turn, round by round.',
    ...describeMachine(measured.map(({ report }) => report)),
    howToRead,
    ...measured.flatMap(({ recipe, report }) => renderSection(recipe, report, figures)),
  ].join('\n\n')}\n`;
}

const howToRead = `## How to read

- **ratio**: the median time of the baseline over that of the contender, so above 1 is faster; the interval is a 95 % bootstrap interval over the rounds of this one run. Two contenders whose intervals overlap have no rank.
- **of peak**: the program's own arithmetic per second, over the multiply-add peak of WebAssembly SIMD that was measured in the same process, times the threads. Native code has wider vectors and may pass 100 %.
- **first call**: preparing, compiling and checking, what a caller waits for the first result.
- **max error**: the largest difference from the float64 interpreter, relative to 1 + |expected|, or to how far weights moved. Contenders that were wrong were not timed and are listed.
- Batches, weights, data, optimizer and loss are the same for all of a case; [the README of the harness](../packages/bench/README.md) says what each contender runs, and [the guide](guide/benchmarking.md) how to measure your own machine.
- The figures are of one machine and one hour. A machine that others use makes every time longer, and not all alike: look at the load of each run.`;

/** Of all runs, which are of one machine. */
function describeMachine(reports: readonly BenchReport[]): string[] {
  const [first] = reports;
  if (first === undefined) return ['Nothing has been measured yet.'];
  const { cpu, cores, memoryBytes, platform } = first.environment;
  const memory = memoryBytes === null ? '' : `, ${(memoryBytes / 2 ** 30).toFixed(0)} GiB`;
  const busy = reports.filter(({ environment }) => environment.warnings.length > 0);
  const facts = [
    ['processor', `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}${memory}`],
    ['platform', platform],
    ['runtime', [...new Set(reports.map(({ environment }) => environment.runtime))].join(', ')],
    ['measured', [...new Set(reports.map(({ environment }) => environment.date.slice(0, 10)))].join(', ')],
  ];
  return [
    markdownTable(['machine', ''], facts),
    ...(busy.length === 0
      ? []
      : [
          `> **The machine was not quiet** in ${busy.length} of ${reports.length} runs, whose sections say how busy: times and ratios there are rough.`,
        ]),
  ];
}

function renderSection(recipe: BenchmarkRecipe, report: BenchReport, figures: ReadonlySet<string>): string[] {
  const { environment, peak, baseline } = report;
  // Machine, table, and who is absent, as the command writes them
  const [, table = '', absences = ''] = renderers
    .markdown(report)
    .split('\n\n')
    .map((part) => part.trim());
  return [
    `## ${recipe.title}`,
    recipe.about,
    `\`\`\`sh\n${commandOf(recipe)}\n\`\`\``,
    [
      `${environment.date.slice(0, 16).replace('T', ' ')} UTC, ${environment.runtime}${peak ? `; peak of one thread ${peak.gflops.toFixed(1)} GFLOP/s` : ''}. Before the run: ${describeLoad(environment)}.`,
      ...environment.warnings.map((warning) => `**Warning**: ${warning}.`),
    ].join('\n'),
    ...(report.results.some(({ ratio }) => ratio !== undefined)
      ? [
          ...(figures.has(recipe.name)
            ? [`![How many times as fast as ${baseline} each contender is](benchmarks/${recipe.name}.svg)`]
            : []),
          `Times as fast as \`${baseline}\`; bold: the fastest of a case.`,
          renderRatios(report),
        ]
      : []),
    `<details><summary>Every figure</summary>\n\n${report.results.length > 0 ? alignTable(table) : table}\n\n</details>`,
    ...(absences === '' ? [] : [absences]),
    ...renderVersions(report),
  ];
}

function renderVersions({ results }: BenchReport): string[] {
  const versions = describeVersions(results);
  return versions.length === 0 ? [] : [`Versions: ${versions.join('; ')}.`];
}

/** A row per contender, a column per case; the other way round where there are more cases than contenders. */
function renderRatios(report: BenchReport): string {
  const settings = timedSettings(report);
  const cases = comparedCases(report);
  const fastest = new Map(
    cases.map((name) => [
      name,
      Math.max(...settings.map((setting) => ratioOf(report, resultOf(report, name, setting)) ?? 0)),
    ]),
  );
  const cell = (name: string, setting: string) => {
    const ratio = ratioOf(report, resultOf(report, name, setting));
    if (ratio === undefined) return '';
    const text = ratio.toFixed(ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2);
    return ratio === fastest.get(name) ? `**${text}**` : text;
  };
  if (cases.length <= settings.length)
    return markdownTable(
      ['contender', ...cases],
      settings.map((setting) => [setting, ...cases.map((name) => cell(name, setting))]),
    );
  return markdownTable(
    ['case', ...settings],
    cases.map((name) => [name, ...settings.map((setting) => cell(name, setting))]),
  );
}
