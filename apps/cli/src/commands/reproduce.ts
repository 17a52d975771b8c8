import { join, resolve } from 'node:path';
import {
  type ExperimentResult,
  type ExperimentSpec,
  experiments,
  imageDirectory,
} from '@polyneuron/experiments/node';
import { type Command, Option } from 'commander';
import { openBackend } from '../backends/backends.js';
import { lookUp } from '../closestName.js';
import { type CommandContext, printJson, printText } from '../commandContext.js';
import { describeEnvironment } from '../environment.js';
import { toJson } from '../output/reportJson.js';
import { requireWritable } from '../output/requireWritable.js';
import type { Report } from '../output/results.js';
import { writeAtomically } from '../output/writeAtomically.js';
import { renderReport } from '../report/report.js';
import { formatSeconds } from '../terminal/formatNumber.js';
import { renderResult } from '../terminal/resultTable.js';
import { version } from '../version.js';
import { addCommonOptions, type CommonOptions, integer } from './commonOptions.js';

interface ReproduceOptions extends CommonOptions {
  readonly full?: boolean;
  readonly dataDir?: string;
  readonly backend: string;
  readonly out: string;
  readonly seed: number;
}

export function addReproduceCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('reproduce')
    .description('Run the experiments of the seed documents and write a report of them.')
    .argument('[ids...]', `which ones: ${Object.keys(experiments).join(', ')}; all by default`)
    .option('--quick', 'sizes that end within three minutes together; the default')
    .addOption(
      new Option('--full', "the documents' own sizes: hours instead of minutes for some").conflicts('quick'),
    )
    .option(
      '--data-dir <dir>',
      'IDX files of MNIST or Fashion-MNIST, here or in folders mnist, fashion-mnist',
    )
    .option(
      '--backend <name>',
      'wasm, cuda, native-gpu, native-cpu, tfjs:wasm, tfjs:cpu, reference, or auto',
      'auto',
    )
    .option('--out <dir>', 'where results.json and index.html go', 'report')
    .option('--seed <n>', 'seed of all random numbers', integer('--seed', 0, 1_000_000), 0)
    .action((ids: readonly string[], options: ReproduceOptions) => reproduce(context, ids, options));
  addCommonOptions(command, [
    'polyneuron reproduce',
    'polyneuron reproduce cross lift --seed 3 --out report-3',
    'polyneuron reproduce mlp quad-autoencoder --data-dir data --full',
    'polyneuron reproduce cross --json > cross.json',
  ]);
}

async function reproduce(
  context: CommandContext,
  ids: readonly string[],
  options: ReproduceOptions,
): Promise<void> {
  const specs = chooseExperiments(ids);
  requireWritable(options.out, '--out');
  const { backend, passedOver } = await openBackend(options.backend);
  const say = (text: string) => {
    if (!options.json) printText(context, text);
  };
  for (const { name, reason } of passedOver) say(`passed over ${name}: ${reason}`);
  say(`Running ${specs.map(({ id }) => id).join(', ')} on ${backend.device.description}\n`);
  const started = performance.now();
  const results: ExperimentResult[] = [];
  try {
    for (const spec of specs) {
      const result = await spec.run({
        backend,
        isFull: options.full ?? false,
        seed: options.seed,
        ...(options.dataDir !== undefined && { images: imageDirectory(options.dataDir) }),
        progress: context.progress,
      });
      results.push(result);
      say(`${renderResult(result)}\n`);
    }
  } finally {
    backend.dispose();
  }
  const report: Report = { version: version(), environment: describeEnvironment(), experiments: results };
  const json = toJson(report);
  writeAtomically(
    options.out,
    { 'results.json': `${JSON.stringify(json, null, 2)}\n`, 'index.html': renderReport(report) },
    '--out',
  );
  if (options.json) printJson(context, json);
  say(
    `${formatSeconds((performance.now() - started) / 1000)} in all. Report: ${join(resolve(options.out), 'index.html')}`,
  );
}

/** The experiments asked for, each once, in the order of the documents; all of them where none is named. */
function chooseExperiments(ids: readonly string[]): ExperimentSpec[] {
  const wanted = new Set(
    ids.map((id) => lookUp(experiments, id, { subject: 'polyneuron reproduce', kind: 'experiment' })),
  );
  return Object.values(experiments).filter((spec) => wanted.size === 0 || wanted.has(spec));
}
