import { PolyneuronError } from '@polyneuron/graph';
import type { RingLimits } from './ring.js';

export interface NotPolynomialFields {
  /** What stood in the way: 'tanh of a polynomial of degree 2'. */
  readonly received: string;
  /** The node as programs are printed. */
  readonly node: string;
  /** The layer that the node is part of: 'quad_1 (QuadDense)'. */
  readonly layer: string;
}

/** A model whose outputs are no polynomials of its inputs. */
export class NotPolynomialError extends PolyneuronError {
  readonly node: string;
  readonly layer: string;

  constructor({ received, node, layer }: NotPolynomialFields) {
    super('NotPolynomialError', {
      subject: 'toPolynomial',
      expected: 'a model whose every step keeps polynomials polynomials',
      received,
      details: { node, layer },
      fix: 'give the layer a linear activation, or read the layers before it one by one: toPolynomial(model.layers[0])',
    });
    this.node = node;
    this.layer = layer;
  }
}

export interface PolynomialSizeFields {
  readonly limit: keyof RingLimits;
  readonly value: number;
  readonly node: string;
  readonly layer: string;
}

/** A polynomial that is too large to write down. */
export class PolynomialSizeError extends PolyneuronError {
  readonly node: string;
  readonly layer: string;

  constructor({ limit, value, node, layer }: PolynomialSizeFields) {
    const { expected, growth } = {
      maxTerms: {
        expected: `at most ${value} terms in one polynomial (maxTerms)`,
        growth: 'the number of terms grows like variables^degree / degree!',
      },
      maxDegree: {
        expected: `a degree of at most ${value} (maxDegree)`,
        growth: 'a stack multiplies the degrees of its layers',
      },
    }[limit];
    super('PolynomialSizeError', {
      subject: 'toPolynomial',
      expected,
      received: 'more',
      details: { node, layer },
      fix: `raise ${limit}, or read fewer layers: ${growth}`,
    });
    this.node = node;
    this.layer = layer;
  }
}
