import { gzipSync } from 'node:zlib';
import {
  add,
  einsum,
  exp,
  gradient,
  input,
  log,
  max,
  mean,
  mul,
  type Node,
  programOf,
  reduceMax,
  state,
  sub,
  sum,
} from '@polyneuron/graph';
import { describe, expect, it } from 'vitest';
import { bundleSources } from './testing/bundleSources.js';
import { createWasmBackend } from './wasmBackend.js';

describe('size', () => {
  it('of backend-wasm with graph and fusion, minified and gzipped, is under 60 KB', async () => {
    const everything = ['backend-wasm', 'graph', 'fusion'];
    const entry = everything.map((name) => `export * from '@polyneuron/${name}';`).join('\n');
    const code = await bundleSources(entry, { minify: true });
    const bytes = gzipSync(code, { level: 9 }).length;
    console.info(`bundle of ${everything.join(', ')}: ${code.length} bytes minified, ${bytes} gzipped`);
    expect(code).not.toContain('@polyneuron/');
    expect(bytes).toBeLessThan(60_000);
    // A bundle that lost its contents would be small too
    expect(bytes).toBeGreaterThan(20_000);
  });
});

describe('compile time', () => {
  it('of the mnist-mlp step is printed', () => {
    const program = mnistStep();
    const backend = createWasmBackend();
    const times = Array.from({ length: 9 }, () => {
      const from = performance.now();
      backend.compileSync?.(program).dispose();
      return performance.now() - from;
    });
    const [first] = times;
    const median = times.toSorted((a, b) => a - b)[4];
    console.info(
      `mnist-mlp step, simplify to instance: first ${first.toFixed(1)} ms, median of ${times.length} ${median.toFixed(1)} ms`,
    );
    expect(Object.keys(program.updates)).toHaveLength(6);
  });
});

/** 784-64-64-10 with relu, softmax cross-entropy, batch 64, stochastic gradient descent. */
function mnistStep() {
  const widths = [784, 64, 64, 10];
  const weights: Record<string, Node> = {};
  let y: Node = input('x', { shape: [64, widths[0]], dtype: 'float32' });
  for (let layer = 1; layer < widths.length; layer++) {
    const [n, m] = [widths[layer - 1], widths[layer]];
    const w = state(`w${layer}`, { shape: [n, m], dtype: 'float32' });
    const b = state(`b${layer}`, { shape: [m], dtype: 'float32' });
    Object.assign(weights, { [`w${layer}`]: w, [`b${layer}`]: b });
    y = add(einsum('bi,io->bo', y, w), b);
    if (layer < widths.length - 1) y = max(y, 0);
  }
  const shifted = sub(y, reduceMax(y, 1, { keepDims: true }));
  const logits = sub(shifted, log(sum(exp(shifted), 1, { keepDims: true })));
  const loss = mul(mean(sum(mul(logits, input('t', { shape: [64, 10], dtype: 'float32' })), 1)), -1);
  const slopes = gradient(loss, Object.values(weights));
  const updates = Object.entries(weights).map(([name, w], at) => [name, sub(w, mul(slopes[at], 0.1))]);
  return programOf('mnist-mlp', { loss }, Object.fromEntries(updates));
}
