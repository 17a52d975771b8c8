/** @file Two layers as a user of stock tfjs writes them: plain ops in `call`, nothing of Polyneuron. */
import { add, matMul, mul, relu, sigmoid, square, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';

type Shape = (number | null)[];

abstract class PlainLayer extends layers.Layer {
  private readonly variables = new Map<string, LayerVariable>();

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tidy(() => this.compute(([inputs].flat() as Tensor[])[0]));
  }

  protected abstract compute(x: Tensor): Tensor;

  protected create(name: string, shape: number[]): void {
    const initializer = initializers.randomNormal({ stddev: 0.05, seed: this.variables.size });
    this.variables.set(name, this.addWeight(name, shape, 'float32', initializer));
  }

  /** x W + b */
  protected affine(x: Tensor, part: string): Tensor {
    const [kernel, bias] = [`kernel${part}`, `bias${part}`].map((name) =>
      (this.variables.get(name) as LayerVariable).read(),
    );
    return add(matMul(x, kernel), bias);
  }
}

const widthOf = (shape: Shape | Shape[]): number => (shape as Shape).at(-1) as number;
const activations = { relu, sigmoid } as const;

/** y = activation((x W_R + b_R) ⊙ (x W_G + b_G) + x² W_C + b_C) */
export class PlainQuadDense extends PlainLayer {
  static readonly className = 'PlainQuadDense';
  private readonly units: number;
  private readonly activation: keyof typeof activations;

  constructor(units: number, activation: keyof typeof activations) {
    super({});
    this.units = units;
    this.activation = activation;
  }

  override build(inputShape: Shape | Shape[]): void {
    for (const part of ['R', 'G', 'C']) {
      this.create(`kernel${part}`, [widthOf(inputShape), this.units]);
      this.create(`bias${part}`, [this.units]);
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...(inputShape as Shape).slice(0, -1), this.units];
  }

  protected compute(x: Tensor): Tensor {
    const product = mul(this.affine(x, 'R'), this.affine(x, 'G'));
    return activations[this.activation](add(product, this.affine(square(x), 'C')));
  }
}

/** y = x ⊙ (x W + b) + x */
export class PlainFeatureCross extends PlainLayer {
  static readonly className = 'PlainFeatureCross';

  constructor() {
    super({});
  }

  override build(inputShape: Shape | Shape[]): void {
    const n = widthOf(inputShape);
    this.create('kernel', [n, n]);
    this.create('bias', [n]);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return inputShape as Shape;
  }

  protected compute(x: Tensor): Tensor {
    return add(mul(x, this.affine(x, '')), x);
  }
}
