import { describe, expect, it } from 'vitest';
import { Scope } from './scope.js';

describe('Scope', () => {
  it('releases in the reverse order, each once', () => {
    const scope = new Scope();
    const released: string[] = [];
    for (const name of ['a', 'b', 'c']) scope.add(() => released.push(name));
    const now = scope.add(() => released.push('now'));
    now();
    now();
    scope.dispose();
    scope.dispose();
    expect(released).toEqual(['now', 'c', 'b', 'a']);
    expect(scope.size).toBe(0);
  });

  it('goes on after a release that fails, and tries it again', () => {
    const scope = new Scope();
    const released: string[] = [];
    let isFailing = true;
    scope.add(() => released.push('first'));
    scope.add(() => {
      if (isFailing) throw new Error('not yet');
      released.push('second');
    });
    expect(() => scope.dispose()).toThrow('not yet');
    expect(released).toEqual(['first']);
    isFailing = false;
    scope.dispose();
    expect(released).toEqual(['first', 'second']);
  });

  it('releases what was made before work failed, and keeps what could not be released', () => {
    const scope = new Scope();
    const released: string[] = [];
    let isFailing = true;
    const work = () =>
      scope.guard((inner) => {
        inner.add(() => released.push('made'));
        inner.add(() => {
          if (isFailing) throw new Error('cannot be released');
          released.push('late');
        });
        throw new Error('the work failed');
      });
    expect(work).toThrow('the work failed');
    expect(released).toEqual(['made']);
    isFailing = false;
    scope.dispose();
    expect(released).toEqual(['made', 'late']);
  });

  it('hands out a release for what work has made', () => {
    const scope = new Scope();
    const released: string[] = [];
    const [value, release] = scope.guard((inner) => {
      inner.add(() => released.push('made'));
      return 5;
    });
    expect(value).toBe(5);
    release();
    scope.dispose();
    expect(released).toEqual(['made']);
  });
});
