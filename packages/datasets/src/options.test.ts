import { describe, expect, it } from 'vitest';
import { type OptionRule, resolveOptions, resolveSampleOptions } from './options.js';

type Config = { trainCount: number; testCount: number; noise: number; gate: string; directory: string };

const count: OptionRule = { kind: 'integer', min: 1, max: 100, about: 'samples' };
const spec = {
  defaults: { trainCount: 8, testCount: 2, noise: 0.5, gate: 'or', directory: '' } as Config,
  options: {
    trainCount: count,
    testCount: count,
    noise: { kind: 'number', min: 0, max: 1, about: 'noise' },
    gate: { kind: 'choice', values: ['or', 'and'], about: 'gate' },
    directory: { kind: 'text', about: 'directory' },
  } satisfies Record<keyof Config, OptionRule>,
};
const resolve = (options: object) => () => resolveOptions('task', spec, options as Partial<Config>);

describe('resolveOptions', () => {
  it('overlays the defaults and takes undefined for absent', () => {
    expect(resolve({ noise: 0, gate: undefined })()).toEqual({ ...spec.defaults, noise: 0 });
  });

  it('rejects an unknown option with the nearest name', () => {
    expect(resolve({ trainCuont: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: task expected options among trainCount, testCount, noise, gate, directory, got 'trainCuont'.

      Fix: did you mean 'trainCount'?]
    `);
    expect(resolve({ zzzzzzzzzz: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: task expected options among trainCount, testCount, noise, gate, directory, got 'zzzzzzzzzz'.

      Fix: remove 'zzzzzzzzzz']
    `);
    expect(resolve({ constructor: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: task expected options among trainCount, testCount, noise, gate, directory, got 'constructor'.

      Fix: remove 'constructor']
    `);
  });

  it('rejects what an integer option is not', () => {
    expect(resolve({ trainCount: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: task expected trainCount to be an integer from 1 to 100, got 1.5.

      Fix: trainCount is the samples; its default is 8]
    `);
    for (const trainCount of [0, 101, -1, Number.NaN, Number.POSITIVE_INFINITY, '3', null, [3]]) {
      expect(resolve({ trainCount })).toThrow('trainCount to be an integer from 1 to 100');
    }
  });

  it('rejects what a number option is not', () => {
    expect(resolve({ noise: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: task expected noise to be a number from 0 to 1, got NaN.

      Fix: noise is the noise; its default is 0.5]
    `);
    for (const noise of [-0.1, 1.1, '0.5', null])
      expect(resolve({ noise })).toThrow('noise to be a number from 0 to 1');
  });

  it('rejects what is no choice and no text', () => {
    expect(resolve({ gate: 'nand' })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: task expected gate to be one of or, and, got 'nand'.

      Fix: gate is the gate; its default is 'or']
    `);
    expect(resolve({ directory: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: task expected directory to be a string, got 3.

      Fix: directory is the directory; its default is '']
    `);
  });

  it('reports several violations together', () => {
    expect(resolve({ trainCount: 0, noise: 2, gtae: 'or' })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: task expected trainCount to be an integer from 1 to 100, got 0.

        noise   expected noise to be a number from 0 to 1, got 2
        gtae    expected options among trainCount, testCount, noise, gate, directory, got 'gtae'

      Fix: trainCount is the samples; its default is 8]
    `);
  });
});

describe('resolveSampleOptions', () => {
  it('puts one count in place of two', () => {
    expect(resolveSampleOptions('task', spec, { noise: 1 })).toEqual({
      count: 10,
      noise: 1,
      gate: 'or',
      directory: '',
    });
    expect(() => resolveSampleOptions('task', spec, { trainCount: 4 } as never)).toThrow(
      "did you mean 'count'?",
    );
  });
});
