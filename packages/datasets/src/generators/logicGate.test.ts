import { describe, expect, it } from 'vitest';
import { type LogicGateName, logicGate } from './logicGate.js';

describe('logicGate', () => {
  it.each<[LogicGateName, number[]]>([
    ['and', [0, 0, 0, 1]],
    ['or', [0, 1, 1, 1]],
    ['nor', [1, 0, 0, 0]],
    ['nand', [1, 1, 1, 0]],
    ['xor', [0, 1, 1, 0]],
  ])('%s has its truth table', (gate, answers) => {
    const { x, y } = logicGate({ gate });
    expect([...x]).toEqual([0, 0, 0, 1, 1, 0, 1, 1]);
    expect([...y]).toEqual(answers);
  });

  it('extends to n inputs', () => {
    expect([...logicGate({ gate: 'xor', inputs: 3 }).y]).toEqual([0, 1, 1, 0, 1, 0, 0, 1]);
    expect([...logicGate({ gate: 'and', inputs: 1 }).y]).toEqual([0, 1]);
    expect(logicGate({ inputs: 5 }).xShape).toEqual([32, 5]);
  });

  it('rejects an unknown gate', () => {
    expect(() => logicGate({ gate: 'xnor' as LogicGateName })).toThrowErrorMatchingInlineSnapshot(`
      [DatasetError: logicGate expected gate to be one of and, or, nor, nand, xor, got 'xnor'.

      Fix: gate is the logic function; its default is 'xor']
    `);
  });
});
