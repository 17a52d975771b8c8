import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import {
  benchCases,
  captureEnvironment,
  measurePeak,
  platformClock,
  type ReportFormat,
  renderers,
  runBenchIn,
  runtimes,
  suites,
} from '@polyneuron/bench';
import type { Command } from 'commander';
import { defaultThreads } from '../bench/benchBackends.js';
import { benchContenders } from '../bench/benchContenders.js';
import { planBench, roundsOf } from '../bench/benchPlan.js';
import { chooseRuntimes } from '../bench/chooseContenders.js';
import { requireRightResults } from '../bench/requireRightResults.js';
import { showProgress } from '../bench/showProgress.js';
import { lookUp } from '../closestName.js';
import { type CommandContext, printText } from '../commandContext.js';
import { UsageError } from '../errors.js';
import { requireWritableFile, writeFileAtomically } from '../output/outputFile.js';
import { renderBenchReport } from '../report/bench/benchPage.js';
import { version } from '../version.js';
import { addBenchCompareCommand } from './benchCompare.js';
import { addDebugAndExamples, integer, integers, list } from './commonOptions.js';

interface BenchCommandOptions {
  readonly suite?: string;
  readonly cases?: readonly string[];
  readonly contenders?: readonly string[];
  readonly runtime?: readonly string[];
  readonly backend?: readonly string[];
  readonly inProcess?: boolean;
  readonly threads?: readonly number[];
  readonly rounds?: number;
  readonly budgetMs: number;
  readonly baseline?: string;
  readonly noise?: boolean;
  readonly python?: string;
  readonly json?: string;
  readonly format?: string;
  readonly out?: string;
  readonly html?: string;
}

/** Stands for standard output in the place of a file. */
const standardOutput = '-';

/** As many workers as `createWasmBackend` takes. */
const mostThreads = 64;

export function addBenchCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('bench')
    .enablePositionalOptions()
    .description(
      'Measure training steps, products, layers, calls, starts, or how times grow with sizes. Each result is checked before it is timed.',
    )
    .option('--suite <name>', `${suites.join(', ')} (default: that of the first case, or steps)`)
    .option('--cases <names>', 'cases of the suite, separated by commas (default: all)', list('--cases'))
    .option(
      '--contenders <names>',
      'polyneuron-wasm, polyneuron-tfjs, tfjs-wasm, tfjs-cpu, jax-js, onnxruntime-node, onnxruntime-web, jax, jax-scan, torch, keras, keras-xla, ..., or all, of which those take part that can be had (default: polyneuron-wasm and tfjs-wasm; polyneuron-tfjs instead of tfjs-wasm for layers)',
      list('--contenders'),
    )
    .option(
      '--backend <names>',
      'short for contenders: polyneuron-<name> and tfjs-<name> of each, where there is one',
      list('--backend'),
    )
    .option(
      '--runtime <names>',
      `${runtimes.join(', ')}: where contenders compute, each in a fresh process (default: node)`,
      list('--runtime'),
    )
    .option('--in-process', 'compute in this process, all contenders of Node together')
    .option(
      '--threads <counts>',
      'thread counts of polyneuron-wasm and of the Python peers, one result each (default: 1, and 2 where there are two cores)',
      integers('--threads', 1, mostThreads),
    )
    .option(
      '--rounds <n>',
      `timings per contender and case (default: ${roundsOf('steps')}; inference: ${roundsOf('inference')})`,
      integer('--rounds', 1),
    )
    .option(
      '--budget-ms <n>',
      'for warm-up and rounds of one case; five rounds take place in any case',
      integer('--budget-ms', 1),
      10_000,
    )
    .option(
      '--baseline <name>',
      'contender that ratios compare with (default: tfjs-wasm; layers: polyneuron-tfjs)',
    )
    .option(
      '--noise',
      'let the baseline take part twice: a ratio then has a verdict, which is a difference only beyond what the baseline differs from itself',
    )
    .option(
      '--python <command>',
      'interpreter of jax, torch and keras (default: environment variable POLYNEURON_PYTHON, or python3)',
    )
    .option('--json <file>', "write the report as JSON; '-' prints it, and nothing else, to standard output")
    .option('--format <name>', `${Object.keys(renderers).join(', ')} (default: text)`)
    .option('--out <file>', 'where the format goes, instead of standard output')
    .option('--html <file>', 'write the report as a page with charts')
    .action((options: BenchCommandOptions) => bench(context, options));
  addDebugAndExamples(command, [
    'polyneuron bench',
    'polyneuron bench --suite gemm --threads 1 --html gemm.html',
    'polyneuron bench --cases mnist-mlp,cross --contenders all --json steps.json',
    'polyneuron bench --suite steps --contenders polyneuron-wasm,tfjs-wasm,jax,jax-scan --html steps.html',
    'polyneuron bench --suite layers --budget-ms 2000 --format markdown --out layers.md',
    'polyneuron bench --suite steps --json - > steps.json',
    'polyneuron bench --runtime node,chromium --backend wasm,webgl',
    'polyneuron bench compare base.json head.json --fail-on 10%',
  ]);
  addBenchCompareCommand(command, context);
}

async function bench(context: CommandContext, options: BenchCommandOptions): Promise<void> {
  const format = chooseFormat(options);
  const files = requireFiles(options);
  const threads = options.threads ?? defaultThreads();
  const { signal } = context.interruption;
  const contenders = await benchContenders({
    ...options,
    runtimes: chooseRuntimes(options.runtime),
    threads,
    signal,
  });
  const plan = planBench(options, contenders.specs, contenders.elsewhere);
  const rounds = options.rounds ?? roundsOf(plan.suite);
  warnOfCrowding(context, Math.max(...threads));
  const report = await runBenchIn(
    {
      ...plan,
      backends: [],
      rounds,
      budgetMs: options.budgetMs,
      ...(options.noise && { isNoiseMeasured: true }),
      onEnvironment: ({ warnings }) => {
        for (const warning of warnings) context.stderr.write(`warning: ${warning}\n`);
      },
      onProgress: showProgress(context.progress, plan.cases, rounds),
      signal,
    },
    {
      clock: platformClock,
      registry: benchCases,
      specs: contenders.specs,
      measurePeak,
      captureEnvironment,
    },
  ).finally(() => contenders.close());
  context.progress.end();
  const contents: { readonly [K in FileOption]: () => string } = {
    json: () => renderers.json(report),
    out: () => renderers[format](report),
    html: () => renderBenchReport(report, version()),
  };
  for (const [name, file] of files) writeFileAtomically(file, contents[name](), `--${name}`);
  if (options.json === standardOutput) context.stdout.write(renderers.json(report));
  else {
    context.stdout.write(renderers[options.out === undefined ? format : 'text'](report));
    if (format === 'text' || options.out !== undefined)
      for (const [, file] of files) printText(context, `written: ${resolve(file)}`);
  }
  requireRightResults(report);
}

/** More threads than cores run, by turns: that is measured as asked, and said. */
function warnOfCrowding({ stderr }: CommandContext, threads: number): void {
  const cores = availableParallelism();
  if (threads > cores) {
    stderr.write(`warning: --threads ${threads} on ${cores} cores: they take turns, times will be long\n`);
  }
}

type FileOption = 'json' | 'out' | 'html';
const fileOptions: readonly FileOption[] = ['json', 'out', 'html'];

/** The files to write, after making sure that each can be. */
function requireFiles(options: BenchCommandOptions): readonly (readonly [FileOption, string])[] {
  const files = fileOptions.flatMap((name) => {
    const file = options[name];
    return file === undefined || (name === 'json' && file === standardOutput) ? [] : [[name, file] as const];
  });
  const paths = new Map<string, FileOption>();
  for (const [name, file] of files) {
    requireWritableFile(file, `--${name}`);
    const other = paths.get(resolve(file));
    if (other !== undefined) {
      throw new UsageError({
        subject: `--${name}`,
        expected: 'a file of its own',
        received: `'${file}', which --${other} names too`,
        fix: 'name another file',
      });
    }
    paths.set(resolve(file), name);
  }
  return files;
}

function chooseFormat({ format: wanted, json, out }: BenchCommandOptions): ReportFormat {
  const format = wanted ?? 'text';
  lookUp(renderers, format, { subject: '--format', kind: 'format' });
  const isPrinted = wanted !== undefined && out === undefined;
  if (isPrinted && json === standardOutput) {
    throw new UsageError({
      subject: 'polyneuron bench',
      expected: 'one thing on standard output',
      received: `--json - and --format ${format}`,
      fix: 'name a file for one of them: --out FILE, or --json FILE',
    });
  }
  return format as ReportFormat;
}
