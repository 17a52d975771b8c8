/**
 * @file The seed documents' layers as a user of TensorFlow.js writes them: plain ops in `call`, nothing of
 * @polyneuron/layers. Weights are created in the order of the layer records.
 */
import {
  add,
  cumsum,
  matMul,
  mul,
  onesLike,
  relu,
  sigmoid,
  square,
  stack,
  sum,
  type Tensor,
  tanh,
  tidy,
} from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

/** Shapes of the weights; `n` is the number of features. */
type WeightShapes = (n: number) => Readonly<Record<string, number[]>>;

const activations: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  linear: (x) => x,
  relu,
  sigmoid,
  tanh,
};

/** Common part: weights by name, one input, ops in a tidy. */
abstract class StockLayer extends layers.Layer {
  protected readonly variables = new Map<string, LayerVariable>();

  protected abstract shapes: WeightShapes;

  override build(inputShape: Shape | Shape[]): void {
    const n = ([inputShape].flat(2) as number[]).at(-1) as number;
    for (const [name, shape] of Object.entries(this.shapes(n)))
      this.variables.set(name, this.addWeight(name, shape, 'float32', initializers.zeros()));
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => this.compute(([inputs].flat() as Tensor[])[0]));
  }

  protected abstract compute(x: Tensor): Tensor;

  protected weight(name: string): Tensor {
    return (this.variables.get(name) as LayerVariable).read();
  }
}

/** y = activation((x W_r + b_r) ⊙ (x W_g + b_g) + x² W_b + c) */
export class StockQuadDense extends StockLayer {
  static readonly className = 'StockQuadDense';
  private readonly units: number;
  private readonly activation: string;

  constructor({ units, activation = 'linear' }: { readonly units: number; readonly activation?: string }) {
    super({});
    this.units = units;
    this.activation = activation;
  }

  protected shapes: WeightShapes = (n) => {
    const [kernel, bias] = [[n, this.units], [this.units]];
    return { kernelR: kernel, kernelG: kernel, kernelB: kernel, biasR: bias, biasG: bias, biasC: bias };
  };

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.units];
  }

  protected compute(x: Tensor): Tensor {
    const affine = (input: Tensor, kernel: string, bias: string) =>
      add(matMul(input, this.weight(kernel)), this.weight(bias));
    const product = mul(affine(x, 'kernelR', 'biasR'), affine(x, 'kernelG', 'biasG'));
    return activations[this.activation](add(product, affine(square(x), 'kernelB', 'biasC')));
  }
}

/** y = x ⊙ (x W + b) + x */
export class StockFeatureCross extends StockLayer {
  static readonly className = 'StockFeatureCross';

  constructor() {
    super({});
  }

  protected shapes: WeightShapes = (n) => ({ kernel: [n, n], bias: [n] });

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  protected compute(x: Tensor): Tensor {
    return add(mul(x, add(matMul(x, this.weight('kernel')), this.weight('bias'))), x);
  }
}

/**
 * y_i = Σ_p w_ip Σ_{q<=p} a_iq x_i^q, powers by repeated products: `tf.pow(0, 0)` has a NaN derivative. Axes are counted
 * from the front: the derivative of tfjs's cumsum is wrong for an axis of -1.
 */
export class StockTaylor extends StockLayer {
  static readonly className = 'StockTaylor';
  private readonly degree: number;

  constructor({ degree = 3 }: { readonly degree?: number }) {
    super({});
    this.degree = degree;
  }

  protected shapes: WeightShapes = (n) => ({
    coefficient: [n, this.degree + 1],
    weight: [n, this.degree + 1],
  });

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  protected compute(x: Tensor): Tensor {
    const powers = [onesLike(x)];
    for (let power = 1; power <= this.degree; power++) powers.push(mul(powers[power - 1], x));
    const terms = mul(stack(powers, x.rank), this.weight('coefficient'));
    return sum(mul(cumsum(terms, x.rank), this.weight('weight')), x.rank);
  }
}
