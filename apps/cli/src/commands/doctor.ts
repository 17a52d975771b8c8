import { BackendUnavailableError } from '@polyneuron/backend';
import { cacheDirectory } from '@polyneuron/datasets/node';
import type { Command } from 'commander';
import { type BackendReport, probeBackends } from '../backends/backends.js';
import { type CommandContext, printJson, printText } from '../commandContext.js';
import { describeEnvironment, packageVersion } from '../environment.js';
import { formatBytes } from '../terminal/formatNumber.js';
import { renderTable } from '../terminal/table.js';
import { version } from '../version.js';
import { addCommonOptions, type CommonOptions } from './commonOptions.js';
import { examineNative } from './examineNative.js';

interface DoctorOptions extends CommonOptions {
  readonly native?: boolean;
}

export function addDoctorCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('doctor')
    .description('Say what this machine offers: versions, cores, memory, and which backends run, or why not.')
    .option('--native', 'say what native-cpu and native-gpu would run on instead, and what is missing')
    .action((options: DoctorOptions) =>
      options.native ? examineNative(context, options) : examine(context, options),
    );
  addCommonOptions(command, ['polyneuron doctor', 'polyneuron doctor --json', 'polyneuron doctor --native']);
}

async function examine(context: CommandContext, { json }: CommonOptions): Promise<void> {
  const environment = describeEnvironment();
  const backends = await probeBackends();
  const facts = {
    version: version(),
    environment,
    packages: {
      '@tensorflow/tfjs-core': environment.tfjs,
      '@tensorflow/tfjs-layers': packageVersion('@tensorflow/tfjs-layers'),
      '@tensorflow/tfjs-backend-cpu': packageVersion('@tensorflow/tfjs-backend-cpu'),
      '@tensorflow/tfjs-backend-wasm': packageVersion('@tensorflow/tfjs-backend-wasm'),
    },
    cacheDirectory: cacheDirectory(),
    backends,
  };
  if (json) printJson(context, facts);
  else printText(context, describe(facts));
  requireOne(backends);
}

function describe({
  version: own,
  environment,
  packages,
  cacheDirectory: cache,
  backends,
}: {
  readonly version: string;
  readonly environment: ReturnType<typeof describeEnvironment>;
  readonly packages: Readonly<Record<string, string>>;
  readonly cacheDirectory: string;
  readonly backends: readonly BackendReport[];
}): string {
  const facts = [
    ['polyneuron', own],
    ['Node', environment.node],
    ...Object.entries(packages),
    ['platform', environment.platform],
    ['processor', `${environment.cpu}, ${environment.cores} cores`],
    ['memory', formatBytes(environment.memoryBytes)],
    ['data cache', cache],
  ];
  const rows = backends.map((backend) => [
    backend.name,
    backend.isAvailable ? 'runs' : 'no',
    backend.isAvailable ? backend.description : `${backend.reason}. Fix: ${backend.remedy}`,
  ]);
  return [
    renderTable([{ title: 'what' }, { title: 'here' }], facts),
    '',
    renderTable(
      [{ title: 'backend' }, { title: 'state' }, { title: 'device, or the reason', maxWidth: 90 }],
      rows,
    ),
    '',
    `--backend auto takes ${backends.find(({ isAvailable }) => isAvailable)?.name ?? 'none'}.`,
  ].join('\n');
}

function requireOne(backends: readonly BackendReport[]): void {
  if (backends.some(({ isAvailable }) => isAvailable)) return;
  throw new BackendUnavailableError({
    backend: 'auto',
    reason: 'no backend that does',
    remedy: 'follow one of the remedies in the table above',
  });
}
