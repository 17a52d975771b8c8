import { describe, expect, it } from 'vitest';
import { Curve, envelopeOf, sampleCurve } from './curve.js';

function countTo(steps: number): Curve {
  const curve = new Curve();
  for (let step = 1; step <= steps; step++) curve.append(Float32Array.of(step, step, -step, 2 * step, 0));
  return curve;
}

describe('Curve', () => {
  it('keeps every point past its first capacity', () => {
    const curve = countTo(5000);
    expect(curve.length).toBe(5000);
    expect(curve.lastStep).toBe(5000);
    expect(curve.value(4999, 2)).toBe(10_000);
    expect(curve.toArray()).toHaveLength(25_000);
    curve.clear();
    expect(curve.length).toBe(0);
  });
});

describe('envelopeOf', () => {
  it('holds the extremes of every column', () => {
    const { least, most } = envelopeOf(countTo(100), 0, 100, 10);
    expect(Array.from(least.slice(0, 3))).toEqual([1, 10, 20]);
    expect(Array.from(most.slice(0, 3))).toEqual([9, 19, 29]);
    expect(most[9]).toBe(100);
  });

  it('leaves columns without points empty, and values that are no numbers out', () => {
    const curve = new Curve();
    curve.append(Float32Array.of(1, Number.NaN, 0, 0, 0, 2, 5, 0, 0, 0));
    const { least } = envelopeOf(curve, 0, 10, 10);
    expect(Array.from(least)).toEqual([Number.NaN, Number.NaN, 5, ...new Array(7).fill(Number.NaN)]);
  });
});

describe('sampleCurve', () => {
  it('takes the first and the last', () => {
    expect(sampleCurve(countTo(3), 20)).toEqual([0, 1, 2]);
    const rows = sampleCurve(countTo(300), 20);
    expect(rows).toHaveLength(20);
    expect(rows[0]).toBe(0);
    expect(rows[19]).toBe(299);
  });
});
