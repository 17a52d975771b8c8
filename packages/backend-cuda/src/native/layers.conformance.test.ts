/** @file Every layer record on the samples of the record, with its gradient and its second gradient. */
import type { Backend } from '@polyneuron/backend';
import { createTfjsBackend } from '@polyneuron/backend-tfjs';
import { layerCases, layerNames } from '@polyneuron/conformance';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTensorflow } from './load/loadTensorflow.js';
import { registerTfjsBackend, tfjsName } from './load/registerTfjsBackend.js';
import { createTensorflowBackend } from './tensorflowBackend.js';
import { expectJoinedRun } from './testing/expectJoinedRun.js';
import { hasBinding, warnWithoutBinding } from './testing/foundBinding.js';

/** Orders of derivatives by batch size. */
const orders: readonly (readonly [batch: number, order: number])[] = [
  [3, 2],
  [1, 1],
  [0, 1],
];

warnWithoutBinding('the layers on TensorFlow');

describe.skipIf(!hasBinding)('layers on TensorFlow', () => {
  const backends: Backend[] = [];
  beforeAll(async () => {
    registerTfjsBackend({ device: 'cpu' });
    expect(await setBackend(tfjsName)).toBe(true);
    backends.push(createTensorflowBackend(loadTensorflow()), createTfjsBackend());
  });

  it.each(layerNames)('a graph and op by op compute %s to its second derivatives', async (name) => {
    const cases = orders.flatMap(([batch, highest]) => layerCases(name, { batch, orderOf: () => highest }));
    for (const backend of backends) await expectJoinedRun(backend, name, cases);
  });
});
