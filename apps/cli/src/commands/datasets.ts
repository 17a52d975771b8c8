import { resolve } from 'node:path';
import {
  cacheDirectory,
  type DatasetSpec,
  type DownloadProgress,
  datasets,
  downloadDataset,
  downloadSources,
  type FileDatasetName,
} from '@polyneuron/datasets/node';
import type { Command } from 'commander';
import { lookUp } from '../closestName.js';
import { type CommandContext, printJson, printText } from '../commandContext.js';
import { requireWritable } from '../output/requireWritable.js';
import { formatBytes } from '../terminal/formatNumber.js';
import { renderTable } from '../terminal/table.js';
import { addCommonOptions, type CommonOptions } from './commonOptions.js';

interface DownloadOptions extends CommonOptions {
  readonly to?: string;
  readonly baseUrl?: string;
}

export function addDatasetsCommand(program: Command, context: CommandContext): void {
  const command = program.command('datasets').description('List the data sets, or download one.');
  const list = command
    .command('list', { isDefault: true })
    .description('List the data sets with their options.')
    .action((options: CommonOptions) => listDatasets(context, options));
  addCommonOptions(list, ['polyneuron datasets', 'polyneuron datasets list --json']);
  const download = command
    .command('download')
    .description('Download a data set, with its SHA-256 checked; a broken download goes on where it stopped.')
    .argument('<name>', `one of ${Object.keys(downloadSources).join(', ')}`)
    .option('--to <dir>', 'directory of the files instead of the cache')
    .option('--base-url <url>', 'a mirror with the same file names; the checksums stay the same')
    .action((name: string, options: DownloadOptions) => fetchDataset(context, name, options));
  addCommonOptions(download, [
    'polyneuron datasets download mnist',
    'polyneuron datasets download fashion-mnist --to data/fashion-mnist',
  ]);
  command.addHelpText('after', '\nExamples:\n  polyneuron datasets\n  polyneuron datasets download mnist');
}

function listDatasets(context: CommandContext, { json }: CommonOptions): void {
  const facts = Object.values<DatasetSpec>(datasets as never).map((spec) => ({
    name: spec.name,
    title: spec.title,
    description: spec.description,
    source: spec.source,
    kind: spec.kind,
    isSynthetic: spec.isSynthetic,
    inputShape: spec.inputShape(spec.defaults),
    isDownloadable: Object.hasOwn(downloadSources, spec.name),
    options: spec.defaults,
  }));
  if (json) {
    printJson(context, facts);
    return;
  }
  const columns = [
    { title: 'data set' },
    { title: 'kind' },
    { title: 'input' },
    { title: 'description', maxWidth: 60 },
    { title: 'options', maxWidth: 44 },
  ];
  const rows = facts.map((set) => [
    set.name,
    set.kind,
    `[${set.inputShape.join(', ')}]`,
    set.isDownloadable ? `${set.description} (files)` : set.description,
    Object.entries(set.options)
      .map(([option, value]) => `${option}=${value}`)
      .join(' '),
  ]);
  printText(
    context,
    `${renderTable(columns, rows)}\n\n(files): 'polyneuron datasets download NAME' fetches them into ${cacheDirectory()}`,
  );
}

async function fetchDataset(context: CommandContext, name: string, options: DownloadOptions): Promise<void> {
  lookUp(downloadSources, name, { subject: 'datasets download', kind: 'downloadable data set' });
  if (options.to !== undefined) requireWritable(options.to, '--to');
  const { progress } = context;
  let shown = '';
  const onProgress = ({ url, receivedBytes, totalBytes }: DownloadProgress) => {
    const file = url.slice(url.lastIndexOf('/') + 1);
    if (file !== shown) progress.begin(file, totalBytes ?? 0);
    shown = file;
    progress.update(receivedBytes, formatBytes(receivedBytes));
  };
  const result = await downloadDataset(name as FileDatasetName, {
    ...(options.to !== undefined && { directory: resolve(options.to) }),
    ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
    onProgress,
    signal: context.interruption.signal,
  });
  progress.end();
  if (options.json) printJson(context, result);
  else printText(context, `${name} is in ${result.directory}`);
}
