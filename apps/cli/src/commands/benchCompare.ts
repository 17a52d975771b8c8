import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  type BenchReport,
  type Comparison,
  compareReports,
  comparisonRenderers,
  readBenchReport,
  regressionsOf,
} from '@polyneuron/bench';
import type { Command } from 'commander';
import { lookUp } from '../closestName.js';
import { type CommandContext, printText } from '../commandContext.js';
import { MeasurementError, UsageError } from '../errors.js';
import { requireWritableFile, writeFileAtomically } from '../output/outputFile.js';
import { addDebugAndExamples, share } from './commonOptions.js';

interface BenchCompareOptions {
  readonly failOn: number;
  readonly control?: string;
  readonly allowOtherMachine: boolean;
  readonly format: string;
  readonly out?: string;
  readonly json?: string;
}

/** `bench compare`, under the command `bench`. */
export function addBenchCompareCommand(bench: Command, context: CommandContext): void {
  const command = bench
    .command('compare')
    .argument(
      '<base>',
      'report of the code as it was, from bench --json; several runs of it separated by commas, or a folder of them',
    )
    .argument('<head>', 'report of the code as it is, or several')
    .description(
      'Compare reports of one machine, best of five runs a side taken by turns; exit code 1 where a case became slower, or fails.',
    )
    .option(
      '--fail-on <share>',
      'how much slower a case may become: its whole interval must lie beyond this, and beyond the noise of both runs',
      share('--fail-on'),
      0.1,
    )
    .option(
      '--control <contender>',
      'one that did not change, in both reports: times are taken in its times of the same rounds',
    )
    .option('--allow-other-machine', 'take reports of two machines, which says little', false)
    .option('--format <name>', Object.keys(comparisonRenderers).join(', '), 'text')
    .option('--out <file>', 'where the format goes, instead of standard output')
    .option('--json <file>', 'write the comparison as JSON too')
    .action((base: string, head: string, options: BenchCompareOptions) =>
      compare(context, base, head, options),
    );
  addDebugAndExamples(command, [
    'polyneuron bench compare base.json head.json --fail-on 10%',
    'polyneuron bench compare base1.json,base2.json head1.json,head2.json',
    'polyneuron bench compare base/ head/ --fail-on 10%',
    'polyneuron bench compare base.json head.json --control tfjs-wasm --format markdown --out comment.md',
  ]);
}

function compare(context: CommandContext, base: string, head: string, options: BenchCompareOptions): void {
  const render = lookUp(comparisonRenderers, options.format, { subject: '--format', kind: 'format' });
  const files = (['out', 'json'] as const).filter((name) => options[name] !== undefined);
  for (const name of files) requireWritableFile(options[name] as string, `--${name}`);
  const comparison = compareReports(readReports(base), readReports(head), {
    failOn: options.failOn,
    allowsOtherMachine: options.allowOtherMachine,
    ...(options.control !== undefined && { control: options.control }),
  });
  const contents = { out: render, json: comparisonRenderers.json };
  for (const name of files)
    writeFileAtomically(options[name] as string, contents[name](comparison), `--${name}`);
  context.stdout.write((options.out === undefined ? render : comparisonRenderers.text)(comparison));
  if (options.format === 'text' || options.out !== undefined)
    for (const name of files) printText(context, `written: ${resolve(options[name] as string)}`);
  requireNoRegression(comparison);
}

function readReports(side: string): readonly BenchReport[] {
  return side
    .split(',')
    .flatMap(filesOf)
    .map((file) => readBenchReport(reading(file, () => readFileSync(file, 'utf8'))));
}

/** A file itself; of a folder, every report in it. */
function filesOf(path: string): readonly string[] {
  return reading(path, () => {
    if (!statSync(path).isDirectory()) return [path];
    const reports = readdirSync(path).filter((name) => name.endsWith('.json'));
    if (reports.length === 0) throw unreadable(path, 'it has no file that ends in .json');
    return reports.sort().map((name) => join(path, name));
  });
}

function reading<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw unreadable(path, (cause as NodeJS.ErrnoException).code ?? String(cause));
  }
}

function unreadable(path: string, reason: string): UsageError {
  return new UsageError({
    subject: 'bench compare',
    expected: 'a report that can be read',
    received: `'${path}': ${reason}`,
    fix: 'write one first: polyneuron bench --json FILE',
  });
}

/** Throws   MeasurementError where a pipeline must stop */
function requireNoRegression(comparison: Comparison): void {
  const regressions = regressionsOf(comparison);
  if (regressions.length === 0) return;
  throw new MeasurementError({
    subject: 'bench compare',
    expected: `no case more than ${(100 * comparison.failOn).toFixed(1)} % slower, and none that fails`,
    received: regressions.join('; '),
    fix: 'find the change that did it, or allow more with --fail-on',
  });
}
