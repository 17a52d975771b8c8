import { describe, expect, it } from 'vitest';
import { contractionForm, tiles } from './contractionForm.js';

const form = (batch: number, rows: number, columns: number, depth: number) =>
  contractionForm({ batch, rows, columns, depth });

describe('contractionForm', () => {
  it('folds what would leave tiles empty', () => {
    expect(form(1, 1, 1000, 1000)).toEqual({ kind: 'fold' });
    expect(form(1, 1000, 10, 1000)).toEqual({ kind: 'fold' });
    expect(form(1, 1000, 1000, 7)).toEqual({ kind: 'fold' });
  });

  it('takes the largest tile that is half full and leaves no multiprocessor idle', () => {
    expect(form(1, 4096, 4096, 4096)).toEqual({ kind: 'tiles', tile: tiles.large, splits: 1 });
    expect(form(1, 1024, 1024, 64)).toEqual({ kind: 'tiles', tile: tiles.middle, splits: 1 });
    expect(form(1, 128, 128, 64)).toEqual({ kind: 'tiles', tile: tiles.small, splits: 1 });
    expect(form(500, 20, 20, 64)).toEqual({ kind: 'tiles', tile: tiles.small, splits: 1 });
  });

  it('splits a long depth where results are few', () => {
    expect(form(1, 64, 64, 100_000)).toEqual({ kind: 'tiles', tile: tiles.middle, splits: 132 });
    expect(form(1, 32, 32, 600)).toEqual({ kind: 'tiles', tile: tiles.small, splits: 4 });
  });
});
