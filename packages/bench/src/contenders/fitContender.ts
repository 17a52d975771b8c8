import type { Backend } from '@polyneuron/backend';
import type { LayerName } from '@polyneuron/kernels';
import { featureCross, quadDense, taylor } from '@polyneuron/layers';
import { fit } from '@polyneuron/trainer';
import { findBackendFactory, setBackend } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import {
  buildModel,
  disposeModel,
  type HostRows,
  readWeights,
  stepsPerEpoch,
  takeRows,
  wholeBatches,
} from '../models/sequentialModel.js';
import { tfjsLayers } from '../peers/tfjs/tfjsLayers.js';
import type { OpenedTask } from '../programs/caseProgram.js';
import { rowsName } from '../programs/trainingCaseProgram.js';
import type { Contender, ContenderSpec, Preparation } from './contender.js';
import { type BackendSource, openBackends } from './programContender.js';

/** One call compiles the step, uploads the data and brings the weights back, as a user's call does. */
const fitTimingMs = 500;

/** tfjs backends that can hold the model's weights between calls. */
const holders = ['cpu', 'wasm'];

/** The document's layers as users of Polyneuron write them; the others are tfjs's own. */
const ownLayers: { readonly [K in LayerName]?: (config: object) => layers.Layer } = {
  quadDense: (config) => quadDense(config as Parameters<typeof quadDense>[0]),
  featureCross: (config) => featureCross(config),
  taylor: (config) => taylor(config),
};

/**
 * The contender `polyneuron-<backend>-fit`: `fit` of @polyneuron/trainer on a tfjs model, compiling included. It takes
 * part in training steps only, and says how far a whole call is from the bare program.
 */
export function fitContender(source: BackendSource): ContenderSpec {
  const name = `polyneuron-${source.name}-fit`;
  return {
    name,
    title: `fit of @polyneuron/trainer on backend '${source.name}'`,
    ...(source.threads && { threads: source.threads }),
    async open() {
      const holder = holders.find((backend) => findBackendFactory(backend));
      if (!holder)
        return {
          contenders: [],
          missing: ["no tfjs backend holds the model's weights: import @tensorflow/tfjs-backend-cpu first"],
        };
      return openBackends(source, (backend) => contenderOf(name, backend, holder));
    },
  };
}

function contenderOf(name: string, backend: Backend, holder: string): Contender {
  const { description, threads } = backend.device;
  return {
    name,
    threads,
    device: description,
    async activate() {
      await setBackend(holder);
    },
    prepare: async (opened) =>
      opened.task.kind === 'training'
        ? trainWithOwnFit(opened as OpenedTask<'training'>, backend)
        : { unsupported: 'fit trains sequential models only' },
    dispose: () => backend.dispose(),
  };
}

function trainWithOwnFit(opened: OpenedTask<'training'>, backend: Backend): Preparation {
  const { task, check } = opened;
  const create = (name: LayerName) => ownLayers[name] ?? tfjsLayers[name]?.create;
  const strangers = task.layers.filter(({ layer }) => !create(layer));
  if (strangers.length > 0)
    return {
      unsupported: `no layer ${strangers.map(({ layer }) => layer).join(', ')} is known to this contender`,
    };
  const model = buildModel(opened, (name, config) =>
    (create(name) as (config: object) => layers.Layer)(config),
  );
  const epoch = stepsPerEpoch(opened);
  const all = wholeBatches(opened);
  const train = async ({ x, y }: HostRows, epochs: number) => {
    await fit(model, x, y, { backend, batchSize: task.batch, epochs, shuffle: false, yieldEvery: 'never' });
  };
  return {
    granularity: epoch,
    minimumTimingMs: fitTimingMs,
    async check() {
      await train(takeRows(opened, check.inputs[rowsName] as Int32Array), 1);
      return readWeights(model, opened);
    },
    run: (runs) => train(all, runs / epoch),
    dispose: () => disposeModel(model),
  };
}
