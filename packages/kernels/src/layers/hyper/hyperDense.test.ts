import { expectClose, testRandom, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { countParameters, createParameters, parameterSpecs } from '../parameters.js';
import { denseSpec } from '../stock/dense.js';
import { runLayer } from '../testing/runLayer.js';
import { type HyperDenseConfig, hyperDenseSpec } from './hyperDense.js';

const document: Partial<HyperDenseConfig> = { units: 1, taskHiddenUnits: [5], hiddenUnits: 10 };

describe('hyperDense', () => {
  it('computes the hand-worked example', () => {
    // No hidden layer: θ = [w1, w2, b] = z [[1, 0, 2], [0, 1, 0]] + [0, 0, 1]
    const parameters = { emissionKernel: [1, 0, 2, 0, 1, 0], emissionBias: [0, 0, 1] };
    const inputs = [
      [5, 7],
      [3, 4],
    ];
    // w = [3, 4], b = 7: 15 + 28 + 7
    expect(
      runLayer(hyperDenseSpec, {
        config: { units: 1, hiddenUnits: 0 },
        inputShapes: [[2], [2]],
        inputs,
        parameters,
      }),
    ).toEqual([50]);
  });

  it('has the 326 parameters of the document: Lift 3-10-26 for Task 3-5-1', () => {
    expect(countParameters(hyperDenseSpec, document, [[3]])).toBe(326);
  });

  it('equals dense when the emission does not depend on z', () => {
    const random = testRandom(2);
    const [kernel, bias, inputs] = [random.normals(6), random.normals(2), [random.normals(12)]];
    const config: Partial<HyperDenseConfig> = { units: 2, hiddenUnits: 3, activation: 'tanh' };
    const parameters = {
      ...createParameters(hyperDenseSpec, config, [[3]], 1),
      emissionKernel: new Array<number>(24).fill(0),
      emissionBias: [...kernel, ...bias],
    };
    const run = { batch: 4, inputShapes: [[3]], inputs };
    expectClose(
      runLayer(hyperDenseSpec, { ...run, config, parameters }),
      runLayer(denseSpec, { ...run, config: { units: 2, activation: 'tanh' }, parameters: { kernel, bias } }),
      tolerances.float64.elementwise,
    );
  });

  it('gives each sample weights of its own', () => {
    const parameters = createParameters(hyperDenseSpec, document, [[3]], 5);
    const run = (batch: number, inputs: ArrayLike<number>[]) =>
      runLayer(hyperDenseSpec, { config: document, batch, inputShapes: [[3]], inputs, parameters });
    const x = Array.from(testRandom(8).normals(9));
    const alone = [0, 3, 6].flatMap((from) => run(1, [x.slice(from, from + 3)]));
    expect(run(3, [x])).toEqual(alone);
  });

  it('gives a rank-4 input the rows of the flattened one', () => {
    const parameters = createParameters(hyperDenseSpec, document, [[3], [2]], 6);
    const inputs = [testRandom(1).normals(24), testRandom(2).normals(16)];
    const run = (inputShapes: number[][], batch: number) =>
      runLayer(hyperDenseSpec, { config: document, batch, inputShapes, inputs, parameters });
    expect(
      run(
        [
          [2, 2, 3],
          [2, 2, 2],
        ],
        2,
      ),
    ).toEqual(run([[3], [2]], 8));
  });

  it('emits fewer weights at a low rank', () => {
    const emitted = (rank: number | null) =>
      parameterSpecs(hyperDenseSpec, { units: 10, useBias: false, rank }, [[20]]).at(-1)?.shape;
    expect([emitted(null), emitted(2)]).toEqual([[200], [60]]);
  });

  it('generates one weight set for all rows that share a z', () => {
    const config: Partial<HyperDenseConfig> = { units: 2, hiddenUnits: 3, weightSource: 'conditional' };
    const parameters = createParameters(hyperDenseSpec, config, [[3], [2]], 1);
    const [x, z] = [testRandom(3).normals(2 * 4 * 3), testRandom(4).normals(2 * 2)];
    const repeated = [0, 0, 0, 0, 1, 1, 1, 1].flatMap((row) => Array.from(z.slice(2 * row, 2 * row + 2)));
    const run = (weightSource: 'conditional' | 'perSample', zs: ArrayLike<number>, zShape: number[]) =>
      runLayer(hyperDenseSpec, {
        config: { ...config, weightSource },
        batch: 2,
        inputShapes: [[4, 3], zShape],
        inputs: [x, zs],
        parameters,
      });
    const shared = run('conditional', z, [2]);
    expectClose(shared, run('perSample', repeated, [4, 2]), tolerances.float64.contraction(8));
    expect(run('conditional', repeated, [4, 2])).toEqual(run('perSample', repeated, [4, 2]));
  });

  it('generates one weight set for everything from a learned embedding', () => {
    const config: Partial<HyperDenseConfig> = { units: 2, hiddenUnits: 3, embeddingSize: 2 };
    const { embedding, ...parameters } = createParameters(
      hyperDenseSpec,
      { ...config, weightSource: 'static' },
      [[3]],
      1,
    );
    const x = testRandom(3).normals(12);
    const fromEmbedding = runLayer(hyperDenseSpec, {
      config: { ...config, weightSource: 'static' },
      batch: 4,
      inputShapes: [[3]],
      inputs: [x],
      parameters: { ...parameters, embedding },
    });
    const fromInput = runLayer(hyperDenseSpec, {
      config: { ...config, weightSource: 'conditional' },
      inputShapes: [[4, 3], [2]],
      inputs: [x, embedding],
      parameters,
    });
    expectClose(fromEmbedding, fromInput, tolerances.float64.contraction(8));
  });

  it('computes the hand-worked low-rank core: y = ((x U) S(z)) V', () => {
    const config: Partial<HyperDenseConfig> = {
      units: 2,
      hiddenUnits: 0,
      useBias: false,
      rank: 1,
      rankForm: 'core',
    };
    // S = 3 z + 1 = 7; x U = 1·2 + 5·1 = 7; 49 [1, -2]
    const parameters = {
      emissionKernel: [3],
      emissionBias: [1],
      projectionU0: [2, 1],
      projectionV0: [1, -2],
    };
    const inputs = [[1, 5], [2]];
    expect(runLayer(hyperDenseSpec, { config, inputShapes: [[2], [1]], inputs, parameters })).toEqual([
      49, -98,
    ]);
    // 2·1 + 1·2 learned factors, 1 + 1 for S; the other form generates all of them
    expect(countParameters(hyperDenseSpec, config, [[2], [1]])).toBe(6);
    expect(countParameters(hyperDenseSpec, { ...config, rankForm: 'factors' }, [[2], [1]])).toBe(8);
  });

  it('computes the hand-worked chunks: one emission on [z, e_c], scaled by hyperfan-in', () => {
    const config: Partial<HyperDenseConfig> = {
      units: 1,
      hiddenUnits: 0,
      chunkSize: 2,
      chunkEmbeddingSize: 1,
    };
    // Three weights in two chunks; the fourth value, 17, is not used. z [1, 2] + e_c [3, 4] + [0, 1]:
    // e = 1: [5, 9], e = 3: [11, 17]. Deviations 1/√(2·2) of the kernel and 1/√2 of the bias.
    const parameters = {
      chunkEmbedding: [1, 3],
      emissionKernel: [1, 2, 3, 4],
      emissionBias: [0, 1],
    };
    const y = runLayer(hyperDenseSpec, {
      config,
      inputShapes: [[2], [1]],
      inputs: [[2, 4], [2]],
      parameters,
    });
    expectClose(y, [2 * 2.5 + 4 * 4.5 + 11 / Math.sqrt(2)], tolerances.float64.elementwise);
  });

  it('reads z through cosine and sine, whose norm no z changes', () => {
    const config: Partial<HyperDenseConfig> = {
      units: 2,
      hiddenUnits: 0,
      useBias: false,
      zEncoding: 'cosSin',
    };
    // E = identity: the weights are the encoding itself
    const parameters = { emissionKernel: [1, 0, 0, 1], emissionBias: [0, 0] };
    const run = (z: number) =>
      runLayer(hyperDenseSpec, { config, inputShapes: [[1], [1]], inputs: [[1], [z]], parameters });
    expectClose(run(1 / 3), [Math.sqrt(3) / 2, 1 / 2], tolerances.float64.transcendental);
    for (const z of [-40, 0, 0.7, 1, 1000]) {
      const [cosine, sine] = run(z);
      expectClose(cosine ** 2 + sine ** 2, 1, tolerances.float64.transcendental);
    }
  });

  it('defect: hypnettorch generates one weight set per call, so that samples must be looped over', () => {
    // See 'gives each sample weights of its own': here the weights of a sample really differ
    const config: Partial<HyperDenseConfig> = { units: 1, hiddenUnits: 0, useBias: false };
    const parameters = { emissionKernel: [1, 0, 0, 1], emissionBias: [0, 0] };
    const inputs = [
      [1, 1, 1, 1],
      [2, 3, 5, 8],
    ];
    const y = runLayer(hyperDenseSpec, { config, batch: 2, inputShapes: [[2], [2]], inputs, parameters });
    expect(y).toEqual([5, 13]);
  });

  const choices = {
    weightSource: ['static', 'conditional', 'perSample'],
    zEncoding: ['none', 'cosSin'],
    chunkSize: [null, 1, 5, 1000],
    rank: [null, 1],
    rankForm: ['factors', 'core'],
    base: [false, true],
    hiddenUnits: [0, 2],
    useBias: [false, true],
  } as const;
  const products = Object.entries(choices).reduce<Record<string, unknown>[]>(
    (made, [option, values]) => made.flatMap((one) => values.map((value) => ({ ...one, [option]: value }))),
    [{}],
  );

  it('defect: hyper-nn an option whose path reads what does not exist', () => {
    expect(products.length).toBe(768);
    for (const options of products) {
      const config = { units: 2, taskHiddenUnits: [3], ...options } as Partial<HyperDenseConfig>;
      const inputShapes =
        options.weightSource === 'static'
          ? [[2, 3]]
          : [[2, 3], options.weightSource === 'conditional' ? [2] : [2, 2]];
      const parameters = createParameters(hyperDenseSpec, config, inputShapes, 1);
      const inputs = inputShapes.map((shape) => testRandom(1).normals(shape.reduce((a, b) => a * b, 1)));
      const y = runLayer(hyperDenseSpec, { config, inputShapes, inputs, parameters });
      expect(y.length === 4 && y.every(Number.isFinite), JSON.stringify(options)).toBe(true);
    }
  });

  it('rejects inputs whose leading axes differ, and sizes below 1', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(hyperDenseSpec, { config: { units: 1, ...config }, inputShapes, inputs: [] });
    expect(run({}, [[2, 3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: hyperDense expected inputs [x] or [x, z] of rank 2 or more that differ in the last axis only, got [batch, 2, 3] and [batch, 3].

      Fix: repeat z along the axes of x, or flatten x]
    `);
    expect(run({}, [[3], [3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: hyperDense expected inputs [x] or [x, z] of rank 2 or more that differ in the last axis only, got [batch, 3] and [batch, 3] and [batch, 3].

      Fix: repeat z along the axes of x, or flatten x]
    `);
    expect(run({ hiddenUnits: -1 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected hiddenUnits to be a whole number of at least 0, got -1.

      Fix: pass a whole number from 0 on]
    `);
    expect(run({ taskHiddenUnits: [5, 0] }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected every one of taskHiddenUnits to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ rank: 0 }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected rank to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
  });

  it('rejects the inputs of another weight source', () => {
    const run = (config: object, inputShapes: number[][]) => () =>
      runLayer(hyperDenseSpec, { config: { units: 1, ...config }, inputShapes, inputs: [] });
    expect(run({ weightSource: 'static' }, [[3], [3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: hyperDense expected one input [batch, ..., n] with weightSource 'static', which reads no z, got [batch, 3] and [batch, 3].

      Fix: leave z out, or pass weightSource: 'conditional']
    `);
    expect(run({ weightSource: 'conditional' }, [[3]])).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: hyperDense expected inputs [x, z] with z [batch, ..., m] over the batch, or over more of the leading axes of x [batch, ..., n], got [batch, 3].

      Fix: pass z beside x, with no axis before its features that x does not have]
    `);
    expect(
      run({ weightSource: 'conditional' }, [
        [2, 3],
        [3, 4],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [ShapeError: hyperDense expected inputs [x, z] with z [batch, ..., m] over the batch, or over more of the leading axes of x [batch, ..., n], got [batch, 2, 3] and [batch, 3, 4].

      Fix: pass z beside x, with no axis before its features that x does not have]
    `);
  });

  it('rejects words, sizes and combinations that mean nothing', () => {
    const run = (config: object) => () =>
      runLayer(hyperDenseSpec, { config: { units: 1, ...config }, inputShapes: [[3]], inputs: [] });
    expect(run({ weightSource: 'dynamic' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected weightSource to be one of 'static', 'conditional', 'perSample', got 'dynamic'.

      Fix: check the spelling of the value]
    `);
    expect(run({ zEncoding: 'sine' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected zEncoding to be one of 'none', 'cosSin', got 'sine'.

      Fix: check the spelling of the value]
    `);
    expect(run({ rank: 2, rankForm: 'apg' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected rankForm to be one of 'factors', 'core', got 'apg'.

      Fix: check the spelling of the value]
    `);
    expect(run({ start: 'hyperfan' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected start to be one of 'hyperfanIn', 'hyperfanOut', 'hyperfanHarmonic', 'zeroDelta', got 'hyperfan'.

      Fix: check the spelling of the value]
    `);
    expect(run({ units: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected units to be a whole number of at least 1, got NaN.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ weightSource: 'static', embeddingSize: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected embeddingSize to be a whole number of at least 1, got 0.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ chunkSize: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected chunkSize to be a whole number of at least 1, got -1.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ chunkSize: 4, chunkEmbeddingSize: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected chunkEmbeddingSize to be a whole number of at least 1, got 0.5.

      Fix: pass a whole number from 1 on]
    `);
    expect(run({ start: 'zeroDelta' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected base: true with start 'zeroDelta', or every generated weight is 0 and several layers stay so, got base: false.

      Fix: pass base: true, or start: 'hyperfanIn']
    `);
    expect(run({ chunkSize: 4, start: 'hyperfanOut' })).toThrowErrorMatchingInlineSnapshot(`
      [ValueError: hyperDense expected start 'hyperfanIn' or 'zeroDelta' with chunks, whose one emission knows no tensor's fan-out, got 'hyperfanOut'.

      Fix: pass chunkSize: null, or another start]
    `);
  });
});
