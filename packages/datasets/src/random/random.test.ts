import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.js';

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('createRandom', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    const [a, b, c] = [createRandom(5), createRandom(5), createRandom(6)];
    const first = draw(20, a.uint32);
    expect(draw(20, b.uint32)).toEqual(first);
    expect(draw(20, c.uint32)).not.toEqual(first);
  });

  it('pins the first numbers of each kind', () => {
    const random = createRandom(42);
    expect([
      random.uint32(),
      random.uniform(),
      random.uniform(-1, 1),
      random.below(1000),
    ]).toMatchInlineSnapshot(`
      [
        660444221,
        0.8504892961538176,
        -0.5761394272015896,
        677,
      ]
    `);
    expect([random.normal(), random.normal(), random.shuffle([0, 1, 2, 3, 4])]).toMatchInlineSnapshot(`
      [
        1.6377429616879078,
        0.5254597354577298,
        [
          1,
          3,
          0,
          4,
          2,
        ],
      ]
    `);
  });

  it('stays within its ranges', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, n) => {
        const random = createRandom(seed);
        const [u, k] = [random.uniform(), random.below(n)];
        return u >= 0 && u < 1 && Number.isInteger(k) && k >= 0 && k < n;
      }),
      { seed: 1 },
    );
  });

  it('below has no modulo bias', () => {
    // n = ¾·2^32: the remainder of every draw would put half of all in the first third. Fair is a third in each.
    const n = 3 * 2 ** 30;
    const random = createRandom(1);
    const thirds = [0, 0, 0];
    for (let i = 0; i < 30_000; i++) thirds[Math.floor(random.below(n) / 2 ** 30)]++;
    for (const count of thirds) expect(Math.abs(count - 10_000)).toBeLessThan(400); // 5 σ, σ = 82
  });

  it('normal has the moments and the tails of the normal law', () => {
    const random = createRandom(2);
    const values = draw(100_000, random.normal);
    const outside = (bound: number) => mean(values.map((v) => (Math.abs(v) > bound ? 1 : 0)));
    // Bounds of 4 σ: the variance of v^k is E v^2k − (E v^k)².
    expect(Math.abs(mean(values))).toBeLessThan(0.0127);
    expect(Math.abs(mean(values.map((v) => v ** 2)) - 1)).toBeLessThan(0.018);
    expect(Math.abs(mean(values.map((v) => v ** 4)) - 3)).toBeLessThan(0.124);
    expect(Math.abs(outside(1.959964) - 0.05)).toBeLessThan(0.0028);
    expect(Math.abs(outside(3) - 0.0026998)).toBeLessThan(0.00066);
  });

  it('shuffle keeps the elements and reaches every order alike', () => {
    const random = createRandom(3);
    const orders = new Map<string, number>();
    for (let i = 0; i < 12_000; i++) {
      const order = random.shuffle([0, 1, 2]).join('');
      orders.set(order, (orders.get(order) ?? 0) + 1);
    }
    expect([...orders.keys()].sort()).toEqual(['012', '021', '102', '120', '201', '210']);
    for (const count of orders.values()) expect(Math.abs(count - 2000)).toBeLessThan(210); // 5 σ, σ = 41
    expect([...random.shuffle(Float32Array.of(1, 2, 3))].sort()).toEqual([1, 2, 3]);
  });
});
