import type { Contender, Published } from '@polyneuron/experiments';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { renderContenders, renderPublished } from './contenders.js';
import type { Html } from './html.js';

function contender(name: string, metrics: Contender['metrics']): Contender {
  return { name, parameters: 101200, epochs: 3, seconds: 1.5, metrics, history: {} };
}

function parse({ markup }: Html): Document {
  return parseHTML(`<html><body>${markup}</body></html>`).document;
}

function texts(document: Document, selector: string): readonly (string | null)[] {
  return Array.from(document.querySelectorAll(selector)).map((element) => element.textContent);
}

describe('renderContenders', () => {
  it('has a column for each metric of each split, in the order of the schema', () => {
    const document = parse(
      renderContenders([
        contender('a', { train: { custom: 1, accuracy: 1 }, test: { rmse: 1, loss: 1 } }),
        contender('b', { train: { loss: 1 }, test: {}, outOfRange: { mse: 1 } }),
      ]),
    );
    expect(texts(document, 'thead tr:last-child th')).toEqual([
      'loss',
      'accuracy',
      'custom',
      'loss',
      'rmse',
      'mse',
    ]);
    expect(texts(document, 'th[scope=colgroup]')).toEqual(['Train', 'Test', 'Out of range']);
  });

  it('emphasises the lowest loss and the highest accuracy', () => {
    const document = parse(
      renderContenders([
        contender('a', { train: {}, test: { loss: 0.2, accuracy: 0.9 } }),
        contender('b', { train: {}, test: { loss: 0.1, accuracy: 0.8 } }),
      ]),
    );
    expect(texts(document, 'td.best strong')).toEqual(['0.9000', '0.1000']);
    expect(document.querySelector('caption')!.textContent).toContain('Bold');
  });

  it('emphasises ties in print alike, and nothing where all are alike or the name does not tell', () => {
    const best = (name: string, values: readonly number[]): number =>
      parse(
        renderContenders(
          values.map((value, index) => contender(String(index), { train: {}, test: { [name]: value } })),
        ),
      ).querySelectorAll('td.best').length;
    expect(best('mse', [0.1, 0.100001, 0.2])).toBe(2);
    expect(best('mse', [0.1, 0.1])).toBe(0);
    expect(best('mse', [0.1])).toBe(0);
    expect(best('degree', [1, 2])).toBe(0);
  });

  it('never calls NaN the best', () => {
    const document = parse(
      renderContenders([
        contender('a', { train: {}, test: { loss: NaN } }),
        contender('b', { train: {}, test: { loss: 0.5 } }),
        contender('c', { train: {}, test: { loss: Infinity } }),
      ]),
    );
    expect(texts(document, 'td.best strong')).toEqual(['0.5000']);
    expect(texts(document, 'tbody td:last-child')).toEqual(['NaN', '0.5000 (best)', '∞']);
  });

  it('says so where there is none', () => {
    expect(parse(renderContenders([])).body.textContent).toBe('No contender was run.');
  });
});

describe('renderPublished', () => {
  const own = contender('quadDense', { train: { mse: 0.3 }, test: { mse: 0.25 }, outOfRange: { mse: 7 } });
  const ours = (item: Partial<Published>): readonly (string | null)[] =>
    texts(
      parse(renderPublished([{ name: 'quadDense', metric: 'mse', value: 1, note: '', ...item }], [own])),
      'td',
    );

  it('puts the test metric of the contender of that name beside the published one', () => {
    expect(ours({ value: 0.125, note: 'n' })).toEqual(['mse test', '0.1250', '0.2500', 'n']);
    expect(ours({ name: 'QUADDENSE' })[2]).toBe('0.2500');
  });

  it('takes the split from the metric where it says one', () => {
    expect(ours({ metric: 'train mse' }).slice(0, 3)).toEqual(['train mse', '1', '0.3000']);
    expect(ours({ metric: 'outOfRange mse' })[2]).toBe('7');
  });

  it('compares parameters as counts', () => {
    expect(ours({ metric: 'parameters', value: 303600 }).slice(0, 3)).toEqual([
      'parameters',
      '303,600',
      '101,200',
    ]);
  });

  it('reads null as a plot without a number, and leaves open what was not measured', () => {
    expect(ours({ value: null })[1]).toBe('plot only');
    expect(ours({ metric: 'accuracy' })[2]).toBe('–');
    expect(ours({ name: 'other' })[2]).toBe('–');
    expect(ours({ metric: 'toString' })[2]).toBe('–');
  });
});
