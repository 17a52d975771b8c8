import { describe, expect, it } from 'vitest';
import type { PointTable } from '../../protocol/messages.js';
import { datasetInfo } from '../../state/datasets.js';
import { type DatasetKey, defaultSettings, type Settings } from '../../state/settings.js';
import { datasetTitles } from '../../state/settingsTable.js';
import { makeDataSet, seen } from './makeDataSet.js';

const given: PointTable = {
  isClassification: true,
  points: [
    [10, 100, 0],
    [20, 300, 1],
    [30, 200, 1],
    [40, 400, 0],
    [50, 500, 1],
  ],
};
const make = (settings: Partial<Settings>) =>
  makeDataSet({ ...defaultSettings, samples: 200, ...settings }, given);
const generated = (Object.keys(datasetTitles) as DatasetKey[]).filter(
  (key) => datasetInfo[key].task !== undefined,
);
const radius = (x: ArrayLike<number>, row: number) => Math.hypot(x[2 * row], x[2 * row + 1]);

describe('makeDataSet', () => {
  it.each(generated)('makes %s as its record says, the same every time', (dataset) => {
    const { task, inputNames } = datasetInfo[dataset];
    const data = make({ dataset });
    expect(data).toEqual(make({ dataset }));
    expect(data.x).not.toEqual(make({ dataset, dataSeed: 2 }).x);
    expect([data.task, data.inputs, data.count, data.x.length]).toEqual([
      task,
      inputNames.length,
      200,
      200 * inputNames.length,
    ]);
    expect(data.x.every(Number.isFinite) && data.y.every(Number.isFinite)).toBe(true);
    expect(data.testRows).toHaveLength(100);
    expect([...data.trainRows, ...data.testRows].sort((a, b) => a - b)).toEqual([...data.isTest.keys()]);
  });

  it.each(['ring', 'xor', 'moons', 'checker', 'edge', 'spiral', 'gaussians'] as const)(
    'makes as many points of %s of either class, within the shown square',
    (dataset) => {
      const { x, y } = make({ dataset });
      expect(y.filter((label) => label === 1)).toHaveLength(100);
      const outside = x.filter((value) => Math.abs(value) > 1);
      // Gaussians have no end: 0.6 away from the center is 2.7 deviations
      expect(outside.length).toBeLessThanOrEqual(dataset === 'gaussians' ? 4 : 0);
    },
  );

  it('makes the ring of the brief', () => {
    const { x, y } = make({ samples: 2000 });
    const radii = (label: number) =>
      [...y.keys()].filter((row) => y[row] === label).map((row) => radius(x, row));
    expect(Math.max(...radii(1))).toBeLessThanOrEqual(0.42);
    expect(Math.min(...radii(0))).toBeGreaterThanOrEqual(0.58);
    expect(Math.max(...radii(0))).toBeLessThanOrEqual(0.83);
  });

  it.each([
    [1, [0, 0, 0, 1]],
    [2, [0, 1, 1, 1]],
    [3, [1, 0, 0, 0]],
    [4, [1, 1, 1, 0]],
    [5, [0, 1, 1, 0]],
  ])('makes gate %i', (variant, answers) => {
    const { x, y } = make({ dataset: 'gate', variant });
    expect([...y.slice(0, 4)]).toEqual(answers);
    expect([0, 1, 2, 3].map((row) => [x[2 * row] > 0, x[2 * row + 1] > 0])).toEqual([
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ]);
  });

  it('adds noise to inputs of classes and to targets of a regression', () => {
    const [clean, noisy] = [make({ samples: 2000 }), make({ samples: 2000, noise: 10 })];
    const deviation = (a: Float32Array, b: Float32Array) =>
      Math.sqrt(a.reduce((sum, value, at) => sum + (value - b[at]) ** 2, 0) / a.length);
    // Standard error of a deviation from 4,000 normals is 1.1 %
    expect(deviation(noisy.x, clean.x)).toBeCloseTo(0.1, 2);
    expect(noisy.y).toEqual(clean.y);
    const [plane, rough] = [make({ dataset: 'plane' }), make({ dataset: 'plane', noise: 10 })];
    expect(rough.x).toEqual(plane.x);
    expect(rough.y).not.toEqual(plane.y);
  });

  it('brings a pasted table to [-1, 1] and back', () => {
    const { x, seenX, inputScales, y } = make({ dataset: 'csv' });
    expect(inputScales).toEqual([
      { center: 30, half: 20 },
      { center: 300, half: 200 },
    ]);
    expect([...seenX]).toEqual([-1, -1, -0.5, 0, 0, -0.5, 0.5, 0.5, 1, 1]);
    expect(seen(x[0], inputScales[0])).toBe(-1);
    expect([...y]).toEqual([0, 1, 1, 0, 1]);
    const drawn = make({ dataset: 'drawn' });
    expect(drawn.seenX).toEqual(drawn.x);
  });

  it.each([
    ['none at all', undefined],
    ['too few', { isClassification: true, points: [[0, 0, 1]] }],
    ['no number', { isClassification: false, points: [...given.points, [0, Number.NaN, 1]] }],
    ['a third class', { isClassification: true, points: [...given.points, [0, 0, 2]] }],
    ['one class', { isClassification: true, points: given.points.map(([a, b]) => [a, b, 1]) }],
  ] as [string, PointTable | undefined][])('refuses points: %s', (_, points) => {
    expect(() =>
      makeDataSet({ ...defaultSettings, dataset: 'drawn' }, points),
    ).toThrowErrorMatchingSnapshot();
  });
});
