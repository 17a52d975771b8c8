/** @file One quadratic neuron trained by a plain float64 loop, with its derivatives written out by hand. */

/** By the names of the layer's parameters. */
export type NeuronWeights = Readonly<Record<string, readonly number[]>>;

export interface LoopOptions {
  /** Rows of features. */
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly start: NeuronWeights;
  readonly batchSize: number;
  readonly epochs: number;
  /** By finished steps. */
  readonly learningRate: (step: number) => number;
  readonly clipGlobalNorm?: number;
  readonly betas?: readonly [number, number];
  /** λ, factor and rest of a parameter. */
  readonly ruleOf: (name: string) => {
    readonly factor: number;
    readonly decay: number;
    readonly rest: readonly number[];
  };
}

/** AdamW with rules, in file order; the losses of the epochs and the last weights. */
export function trainNeuron(options: LoopOptions): { losses: number[]; weights: NeuronWeights } {
  const { x, y, batchSize, epochs, learningRate, ruleOf, clipGlobalNorm } = options;
  const [beta1, beta2] = options.betas ?? [0.9, 0.999];
  let weights = options.start;
  const zeros = Object.fromEntries(Object.entries(weights).map(([name, w]) => [name, w.map(() => 0)]));
  let [m, v]: NeuronWeights[] = [zeros, zeros];
  const losses: number[] = [];
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    let total = 0;
    for (let from = 0; from < y.length; from += batchSize) {
      const [xs, ys] = [x.slice(from, from + batchSize), y.slice(from, from + batchSize)];
      const { loss, gradients } = lossAndGradients(xs, ys, weights);
      total += loss * ys.length;
      const norm = Math.hypot(...Object.values(gradients).flat());
      const scale = clipGlobalNorm === undefined ? 1 : clipGlobalNorm / Math.max(norm, clipGlobalNorm);
      const eta = learningRate(step);
      step++;
      const advance = (name: string) => {
        const { factor, decay, rest } = ruleOf(name);
        return weights[name].map((w, i) => {
          const g = scale * gradients[name][i];
          const mean = beta1 * m[name][i] + (1 - beta1) * g;
          const square = beta2 * v[name][i] + (1 - beta2) * g * g;
          const root = Math.sqrt(square / (1 - beta2 ** step)) + 1e-7;
          const kept = w - eta * decay * (w - rest[i]);
          return { mean, square, w: kept - (eta * factor * (mean / (1 - beta1 ** step))) / root };
        });
      };
      const next = Object.keys(weights).map((name) => [name, advance(name)] as const);
      const pick = (field: 'mean' | 'square' | 'w'): NeuronWeights =>
        Object.fromEntries(next.map(([name, values]) => [name, values.map((value) => value[field])]));
      [m, v, weights] = [pick('mean'), pick('square'), pick('w')];
    }
    losses.push(total / y.length);
  }
  return { losses, weights };
}

/** L = mean (l r + s - y)², l = x·W_r + b_r, r = x·W_g + b_g, s = x²·W_b + c. */
function lossAndGradients(
  x: readonly (readonly number[])[],
  y: readonly number[],
  { kernelR, kernelG, kernelB, biasR, biasG, biasC }: NeuronWeights,
): { loss: number; gradients: Record<string, number[]> } {
  const n = kernelR.length;
  const gradients: Record<string, number[]> = {
    kernelR: new Array(n).fill(0),
    kernelG: new Array(n).fill(0),
    kernelB: new Array(n).fill(0),
    biasR: [0],
    biasG: [0],
    biasC: [0],
  };
  let loss = 0;
  x.forEach((row, b) => {
    const dot = (kernel: readonly number[], of: readonly number[]) =>
      of.reduce((sum, value, i) => sum + value * kernel[i], 0);
    const squares = row.map((value) => value * value);
    const [left, right] = [dot(kernelR, row) + biasR[0], dot(kernelG, row) + biasG[0]];
    const error = left * right + dot(kernelB, squares) + biasC[0] - y[b];
    loss += error ** 2 / y.length;
    const dy = (2 * error) / y.length;
    row.forEach((value, i) => {
      gradients.kernelR[i] += dy * right * value;
      gradients.kernelG[i] += dy * left * value;
      gradients.kernelB[i] += dy * squares[i];
    });
    gradients.biasR[0] += dy * right;
    gradients.biasG[0] += dy * left;
    gradients.biasC[0] += dy;
  });
  return { loss, gradients };
}
