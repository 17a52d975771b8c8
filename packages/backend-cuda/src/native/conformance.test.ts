/** @file Every op on TensorFlow: as a graph of our own, and op by op on stock tfjs-node. */
import type { Backend } from '@polyneuron/backend';
import { createTfjsBackend } from '@polyneuron/backend-tfjs';
import { opCases } from '@polyneuron/conformance';
import { opNames } from '@polyneuron/graph';
import { engine, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorflow, type Tensorflow } from './load/loadTensorflow.js';
import { registerTfjsBackend, tfjsName } from './load/registerTfjsBackend.js';
import { createTensorflowBackend } from './tensorflowBackend.js';
import { expectJoinedRun, expectJoinedScan } from './testing/expectJoinedRun.js';
import { hasBinding, warnWithoutBinding } from './testing/foundBinding.js';

warnWithoutBinding('the ops on TensorFlow');

/** `state` has no program without state; tensorflowBackend.test.ts has it. */
const stateless = opNames.filter((op) => op !== 'state');

const backends: Readonly<Record<string, () => Promise<Backend>>> = {
  'as a graph': async () => createTensorflowBackend(loadTensorflow()),
  'op by op on stock tfjs-node': async () => {
    registerTfjsBackend();
    expect(await setBackend(tfjsName)).toBe(true);
    return createTfjsBackend({ tfjsBackend: tfjsName });
  },
};

describe.skipIf(!hasBinding).each(Object.keys(backends))('TensorFlow %s', (name) => {
  let tensorflow: Tensorflow;
  beforeAll(() => {
    tensorflow = loadTensorflow({ device: 'cpu' });
  });

  it.each(stateless)('%s: value, first and second derivative', async (op) => {
    const held = () => [
      tensorflow.binding.getNumOfTensors(),
      tensorflow.binding.getNumOfSavedModels(),
      engine().state.numTensors,
    ];
    const backend = await backends[name]();
    const before = held();
    const cases = opCases(op);
    await expectJoinedRun(backend, op, cases);
    await expectJoinedScan(backend, op, cases);
    backend.dispose();
    expect(held()).toEqual(before);
  });
});
