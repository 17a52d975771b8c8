import type { FamilyName } from '@polyneuron/kernels';

/** Titles of the families, in the order of the list, each with what its layers share. */
export const familyTitles: { readonly [K in FamilyName]: { readonly title: string; readonly text: string } } =
  {
    cross: {
      title: 'Cross networks and explicit feature crossing',
      text: 'Each step multiplies the features by a map of themselves, so that depth counts the factors of a product.',
    },
    quadratic: {
      title: 'Quadratic and bilinear',
      text: 'Units of degree 2: every pair of inputs has a weight.',
    },
    gated: { title: 'Gated', text: 'One map of the input decides how much of another passes.' },
    polynomial: { title: 'Polynomial', text: 'Powers, orthogonal bases and products up to a chosen degree.' },
    spline: {
      title: 'Splines and radial bases',
      text: 'A learned function on every edge (Kolmogorov-Arnold).',
    },
    hyper: { title: 'Generated weights', text: 'A second network computes the weights of the first.' },
    factorization: {
      title: 'Factorization machines and fields',
      text: 'Products of all pairs of features or fields, with weights that share factors.',
    },
    convolution: { title: 'Convolution', text: 'Higher-order units that slide over an image.' },
    orthogonal: { title: 'Orthogonal', text: 'Maps that keep lengths, for stacks that must not explode.' },
    companion: { title: 'Companions', text: 'What goes between layers that multiply.' },
    stock: {
      title: 'Stock layers of TensorFlow.js',
      text: 'References, with records, so that whole models compile.',
    },
  };
