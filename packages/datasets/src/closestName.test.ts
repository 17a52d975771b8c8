import { describe, expect, it } from 'vitest';
import { closestName } from './closestName.js';

describe('closestName', () => {
  const names = ['mnist', 'fashion-mnist', 'two-spirals', 'directory'];

  it('finds what was meant', () => {
    const found = ['minst', 'MNIST', 'fashion_mnist', 'spirals', 'dir', 'two spirals'].map((wanted) =>
      closestName(wanted, names),
    );
    expect(found).toEqual(['mnist', 'mnist', 'fashion-mnist', undefined, 'directory', 'two-spirals']);
  });

  it('suggests nothing that is far off', () => {
    expect(['imagenet', 'x', ''].map((wanted) => closestName(wanted, names))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
