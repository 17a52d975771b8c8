import { type BuildNativeOptions, type BuiltBinding, buildNative } from '@polyneuron/backend-cuda/native';
import type { Command } from 'commander';
import { type CommandContext, printJson, printText } from '../commandContext.js';
import { addCommonOptions, type CommonOptions } from './commonOptions.js';

interface BuildOptions extends CommonOptions {
  readonly tensorflow?: string;
  readonly python?: string;
  readonly output?: string;
  readonly nodeHeaders?: string;
  readonly compiler?: string;
}

export function addNativeCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('native')
    .description(
      "Build tfjs-node's native module against a current TensorFlow, for --backend native-cpu and native-gpu.",
    );
  const build = command
    .command('build')
    .description(
      'Compile the sources of @tensorflow/tfjs-node, load the result once, put it where it is found.',
    )
    .option(
      '--tensorflow <dir>',
      'a Python package tensorflow, or an unpacked libtensorflow (default: that of --python)',
    )
    .option('--python <command>', 'interpreter (default: environment variable POLYNEURON_PYTHON, or python3)')
    .option(
      '--output <dir>',
      'directory of the module instead of the cache: name it by POLYNEURON_TFJS_BINDING afterwards',
    )
    .option(
      '--node-headers <dir>',
      'directory with node_api.h (default: beside node, or where node-gyp keeps them)',
    )
    .option('--compiler <command>', 'C++ compiler (default: environment variable CXX, g++, clang++ or c++)')
    .action((options: BuildOptions) => compile(context, options));
  addCommonOptions(build, [
    'polyneuron native build',
    'polyneuron native build --python .venv/bin/python',
    'polyneuron native build --tensorflow .venv/lib/python3.11/site-packages/tensorflow',
  ]);
  command.addHelpText('after', '\nExamples:\n  polyneuron native build\n  polyneuron doctor --native');
}

async function compile(context: CommandContext, options: BuildOptions): Promise<void> {
  const { progress, interruption } = context;
  const { json, debug: _, ...choices } = options;
  progress.begin('native build', stages);
  const onProgress: BuildNativeOptions['onProgress'] = ({ done, total, note }) =>
    progress.update((done / total) * stages, note);
  // An interrupt waits until what was written is gone again
  const built = await interruption.protect(() =>
    buildNative({ ...choices, onProgress, signal: interruption.signal }),
  );
  progress.end();
  if (json) printJson(context, built);
  else printText(context, describe(built, options.output));
}

/** Of the progress bar. */
const stages = 100;

function describe({ path, tensorflow, tfjsNode, isGpu }: BuiltBinding, output: string | undefined): string {
  return [
    `tfjs-node ${tfjsNode} on TensorFlow ${tensorflow}: ${path}`,
    output === undefined
      ? `Try it: polyneuron train --backend native-${isGpu ? 'gpu' : 'cpu'} ...`
      : `Use it: POLYNEURON_TFJS_BINDING=${path}`,
  ].join('\n');
}
