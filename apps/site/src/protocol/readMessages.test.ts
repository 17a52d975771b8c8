import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../state/settings.js';
import type { ToWorker, ViewWish } from './messages.js';
import { readFromWorker } from './readFromWorker.js';
import { readToWorker } from './readToWorker.js';

const views: ViewWish = { grid: 96, extent: 1, weights: true, residuals: true, units: true, formula: true };
const configure: ToWorker = { kind: 'configure', run: 1, settings: defaultSettings, views };

describe('readToWorker', () => {
  it('passes messages on', () => {
    expect(readToWorker(configure)).toEqual({ message: configure });
    const points = { isClassification: true, points: [[0, 1, 1]] };
    expect(readToWorker({ ...configure, points }).fault).toBeUndefined();
  });

  it.each([
    ['no object', 7],
    ['no kind', {}],
    ['an unknown kind', { kind: 'jump' }],
    ['a kind of Object', { kind: 'toString' }],
    ['no run', { kind: 'run', speed: 'max' }],
    ['a speed of nothing', { kind: 'run', run: 1, speed: 0 }],
    ['a surplus field', { kind: 'pause', run: 1, force: true }],
    ['a grid of any size', { ...configure, views: { ...views, grid: 10_000 } }],
    ['samples out of range', { ...configure, settings: { ...defaultSettings, samples: 1e9 } }],
    ['a rate that is a text', { ...configure, settings: { ...defaultSettings, rate: '0.1' } }],
    ['a rate that is NaN', { kind: 'set', run: 1, settings: { rate: Number.NaN } }],
    ['a setting less', { ...configure, settings: { dataset: 'ring' } }],
    ['a network that is none', { ...configure, settings: { ...defaultSettings, network: [null] } }],
    ['points of text', { ...configure, points: { isClassification: true, points: [['a', 0, 1]] } }],
    [
      'too many points',
      { ...configure, points: { isClassification: true, points: new Array(2001).fill([0, 0, 1]) } },
    ],
    ['buffers that are none', { kind: 'drawn', run: 1, buffers: [[1]] }],
    ['a third contestant', { kind: 'export', run: 1, contestant: 2 }],
    ['a snapshot of text', { kind: 'restore', run: 1, snapshot: 'x' }],
    ['weights of numbers', { kind: 'import', run: 1, model: { topology: '{}', weights: [1, 2] } }],
    ['a rate of 0', { kind: 'sweep', run: 1, rates: [0] }],
    ['a seed below 0', { kind: 'repeat', run: 1, seeds: [-1] }],
  ])('refuses %s', (_, message) => {
    expect(readToWorker(message).fault).toMatchSnapshot();
  });
});

describe('readFromWorker', () => {
  const frame = {
    kind: 'frame',
    run: 1,
    step: 3,
    seconds: 0.1,
    stepsPerSecond: 30,
    scores: [
      { trainLoss: 1, testLoss: 1, score: 0.5 },
      { trainLoss: 1, testLoss: 1, score: 0.5, stepsToTarget: 3, secondsToTarget: 0.1 },
    ],
    history: new Float32Array(5),
    gridSize: 0,
  };

  it('passes frames on', () => {
    expect(readFromWorker(frame).message).toBe(frame);
  });

  it.each([
    ['an unknown kind', { kind: 'jump' }],
    [
      'a loss that is NaN',
      { ...frame, scores: [{ trainLoss: Number.NaN, testLoss: 1, score: 0.5 }, frame.scores[1]] },
    ],
    ['one contestant alone', { ...frame, scores: [frame.scores[0]] }],
    ['curves of numbers', { ...frame, history: [1, 2, 3, 4, 5] }],
    ['a reason of its own', { kind: 'done', run: 1, step: 1, reason: 'tired' }],
    ['an error without a code', { kind: 'error', run: 1, text: 'oh', isRecoverable: true }],
  ])('refuses %s', (_, message) => {
    expect(readFromWorker(message).fault).toMatchSnapshot();
  });
});
