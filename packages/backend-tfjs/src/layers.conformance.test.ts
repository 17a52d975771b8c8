/** @file Every layer record on the samples of the record, with its gradient and its second gradient. */
import type { Backend } from '@polyneuron/backend';
import { expectRun, layerCases, layerNames } from '@polyneuron/conformance';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { findBackend, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTfjsBackend } from './index.js';

/** Orders of derivatives by batch size. */
const orders: readonly (readonly [batch: number, order: number])[] = [
  [3, 2],
  [1, 1],
  [0, 1],
];

describe('layers on tfjs', () => {
  const backends = new Map<string, Backend>();
  beforeAll(async () => {
    for (const tfjsName of ['cpu', 'wasm']) {
      expect(await setBackend(tfjsName)).toBe(true);
      backends.set(tfjsName, createTfjsBackend());
    }
  });

  it.each(layerNames)('cpu and wasm compute %s to its second derivatives', async (name) => {
    const held = () => [...backends.keys()].map((tfjsName) => findBackend(tfjsName).numDataIds());
    const before = held();
    for (const [batch, highest] of orders)
      for (const one of layerCases(name, { check: 'backendTfjs', batch, orderOf: () => highest }))
        for (const backend of backends.values()) await expectRun(backend, one);
    expect(held()).toEqual(before);
  });
});
