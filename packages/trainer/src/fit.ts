import type { Backend } from '@polyneuron/backend';
import { ProgramError, threefry2x32 } from '@polyneuron/graph';
import type { History } from '@tensorflow/tfjs-layers';
import type { DataSource } from './data/hostTensor.js';
import { type FitData, readFitData } from './fitData.js';
import { type FitArgs, type FitOptions, resolveFitOptions, unknownArguments } from './fitOptions.js';
import { collectUnsupported } from './model/collectUnsupported.js';
import { compiledInternalsOf, type ModelInternals, type TfjsModel } from './model/modelInternals.js';
import { requireSupported } from './model/traceModel.js';
import { type Objectives, resolveObjectives } from './objective/objectives.js';
import { type BoundOptimizer, bindOptimizer, unsupportedOptimizer } from './optimizer/bindOptimizer.js';
import { loadStarts } from './optimizer/startValues.js';
import { healthName, trainingProgram } from './programs/trainingProgram.js';
import { type CallbackParams, setUpCallbacks } from './training/callbacks.js';
import { Evaluator } from './training/evaluator.js';
import { batchOptions, writeData } from './training/residentData.js';
import { TrainingRun } from './training/trainingRun.js';
import { WeightMirror } from './training/weightMirror.js';
import { withBackend } from './withBackend.js';

/**
 * `model.fit` on a compiled training step: the same mathematics, arguments, callbacks and History.
 *
 * The model's forward pass, losses, penalties, derivatives, clipping, optimizer, schedule, parameter groups and
 * constraints become one program. The data lies on the device; a scan over its rows runs as many steps as callbacks
 * allow (an epoch where none listens to batches and nothing yields). Weights and the tfjs optimizer's own slots go back
 * into tfjs whenever the loop stops, when training ends and when it fails.
 *
 * Differences from tfjs 4.22, all of them deliberate: a loss that is not finite stops the training and keeps the last
 * good weights; constraints hold after every step; sampleWeight and lossWeights work; val_loss of a model with several
 * outputs is the total; the orders of shuffling and the masks of dropout are our own numbers.
 *
 * Throws   UnsupportedModelError that lists every part without a compiled form; TrainingOptionsError that lists every
 *          training option that cannot be followed; NonFiniteLossError; ShapeError and ValueError on data or options
 *          that do not fit
 *
 * @example
 * const { history } = await fit(model, x, y, { epochs: 5, batchSize: 64, validationSplit: 0.2 });
 */
export async function fit(
  model: TfjsModel,
  x: DataSource,
  y: DataSource,
  args: FitArgs = {},
): Promise<History> {
  const internals = compiledInternalsOf('fit', model);
  if (internals.isTraining) {
    throw new ProgramError({
      subject: 'fit',
      expected: 'a model that is not being trained',
      received: 'a second fit while one runs',
      fix: 'await the first one',
    });
  }
  internals.isTraining = true;
  try {
    const objectives = resolveObjectives(internals);
    requireSupported('fit', [
      ...collectUnsupported(internals),
      ...objectives.unsupported,
      ...unsupportedOptimizer(internals, args),
    ]);
    const optimizer = bindOptimizer(internals, args, unknownArguments(args));
    const options = resolveFitOptions(internals, args);
    const sets = await readFitData(internals, objectives, x, y, args);
    return await withBackend('fit', args.backend, (backend) =>
      train(backend, internals, objectives, optimizer, sets, options),
    );
  } finally {
    internals.isTraining = false;
  }
}

async function train(
  backend: Backend,
  model: ModelInternals,
  objectives: Objectives,
  optimizer: BoundOptimizer,
  sets: FitData,
  options: FitOptions,
): Promise<History> {
  const { training } = sets;
  const shape = batchOptions(training, options.batchSize, options.lossWeights);
  const { program, traced, trained, kept } = trainingProgram(
    model,
    objectives.perOutput,
    optimizer.plan,
    shape,
  );
  const disposables: { dispose(): void }[] = [];
  try {
    const executable = await backend.compile(program);
    disposables.push(executable);
    const validation =
      sets.validation &&
      (await Evaluator.compile(
        backend,
        model,
        objectives,
        sets.validation,
        options.batchSize,
        options.lossWeights,
      ));
    if (validation) disposables.push(validation);
    const mirror = new WeightMirror(traced);
    const link = optimizer.link(kept, trained);
    writeData(executable, training);
    executable.write(healthName, Int32Array.of(1));
    traced.randomKeys.forEach((name, at) => {
      executable.write(name, randomKey(options, at, shape));
    });
    await mirror.upload(executable);
    await link.load(executable);
    if (options.parameterGroups) await loadStarts(executable, options.parameterGroups, model, trained);
    const callbacks = setUpCallbacks(
      options.callbacks,
      options.yieldEvery,
      callbackParams(options, objectives, sets),
      model,
    );
    model.history = callbacks.history;
    await new TrainingRun({
      ...options,
      model,
      executable,
      objectives,
      mirror,
      optimizer: link,
      callbacks,
      validation,
      samples: training.samples,
      batchSize: shape.batchSize,
      stepsPerEpoch: options.stepsPerEpoch,
    }).run();
    return callbacks.history;
  } finally {
    for (const disposable of disposables) disposable.dispose();
  }
}

/** Seed and counter of one drawing layer: its own stream, at the place where `initialEpoch` finds it. */
function randomKey(
  { seed, initialEpoch, stepsPerEpoch }: FitOptions,
  at: number,
  { samples, batchSize }: ReturnType<typeof batchOptions>,
): Int32Array {
  const [word] = threefry2x32([seed, at], [0x6b65, 0x79]);
  const steps = Math.min(Math.ceil(samples / batchSize), stepsPerEpoch ?? Number.POSITIVE_INFINITY);
  return Int32Array.of(word | 0, initialEpoch * steps);
}

function callbackParams(
  options: FitOptions,
  { labels }: Objectives,
  { training, validation }: FitData,
): CallbackParams {
  const { epochs, initialEpoch, batchSize, verbose } = options;
  const metrics = validation ? [...labels, ...labels.map((label) => `val_${label}`)] : [...labels];
  return {
    epochs,
    initialEpoch,
    samples: training.samples,
    batchSize,
    verbose,
    doValidation: validation !== null,
    metrics,
  };
}
