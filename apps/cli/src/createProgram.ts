import { Command } from 'commander';
import type { CommandContext } from './commandContext.js';
import { addBenchCommand } from './commands/bench.js';
import { addCompareCommand } from './commands/compare.js';
import { addDatasetsCommand } from './commands/datasets.js';
import { addDoctorCommand } from './commands/doctor.js';
import { addInspectCommand } from './commands/inspect.js';
import { addLayersCommand } from './commands/layers.js';
import { addNativeCommand } from './commands/native.js';
import { addReproduceCommand } from './commands/reproduce.js';
import { addTrainCommand } from './commands/train.js';
import { describeExitCodes } from './exitCodes.js';
import { version } from './version.js';

/** The command line of Polyneuron. Errors are thrown, never printed: `runCommandLine` prints them. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('polyneuron')
    .description('Higher-order neural layers: reproduce, train, inspect, measure.')
    .version(version())
    .exitOverride()
    // A command reads its own options, so that `bench compare` may have some of the names of `bench`.
    .enablePositionalOptions()
    .configureOutput({ outputError: () => {}, writeErr: (text) => context.stderr.write(text) })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      `
Examples:
  polyneuron reproduce                        all experiments, in under three minutes
  polyneuron reproduce cross lift --json      two of them, for a machine
  polyneuron inspect quadDense --units 64 --inputs 784 --batch 32 --gradient
  polyneuron train --dataset cross-polynomial --layers featureCross,dense:1 --epochs 10
  polyneuron compare --task friedman          layers of several kinds under one budget
  polyneuron bench --suite gemm               matrix products: milliseconds, and the share of the peak

${describeExitCodes()}`,
    );
  const add = [
    addReproduceCommand,
    addTrainCommand,
    addCompareCommand,
    addDatasetsCommand,
    addLayersCommand,
    addInspectCommand,
    addBenchCommand,
    addDoctorCommand,
    addNativeCommand,
  ];
  for (const addCommand of add) addCommand(program, context);
  return program;
}
