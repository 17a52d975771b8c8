/**
 * @file How the threads of a module share work. All of them run the same code; two imported globals tell a thread which
 * one it is and how many there are. Work is split over rows, columns or samples, never over what is summed, so that
 * results have the same bits for any number of threads.
 */
import type { Code, Local } from '../assembler/code.js';
import type { Module } from '../assembler/module.js';

export interface Range {
  readonly first: Local;
  readonly count: Local;
}

export interface Share {
  /** This thread's part of `total` equal pieces of work. */
  rangeOf(code: Code, total: number): Range;
  /** Waits until every thread has come here. */
  barrier(code: Code): void;
  /** Code for one thread alone. */
  lead(code: Code, build: () => void): void;
  /** Pushes the number of this thread. */
  pushThread(code: Code): void;
}

/** Imported globals, in order. */
export const threadGlobals = ['thread', 'threads'] as const;
const [threadGlobal, threadsGlobal] = [0, 1];

/** Bytes of the first 64 of the memory that the barrier keeps its count and its generation in. */
export const barrierAddress = 32;
const [arrivedAddress, generationAddress] = [barrierAddress, barrierAddress + 4];

/** Rounds of looking before a thread goes to sleep: some 20 µs, forty times the usual hand-over. */
const spins = 20_000;

export function createShare(module: Module): Share {
  const barrier = module.function({}, (code) => {
    const [generation, rest] = [code.local('i32'), code.local('i32')];
    code
      .global(threadsGlobal)
      .i32(1)
      .op('i32.eq')
      .if(() => code.op('return'));
    code.i32(0).atomic('i32.atomic.load', generationAddress).set(generation);
    code
      .i32(0)
      .i32(1)
      .atomic('i32.atomic.rmw.add', arrivedAddress)
      .i32(1)
      .op('i32.add')
      .global(threadsGlobal)
      .op('i32.eq');
    code.if(
      () => {
        code.i32(0).i32(0).atomic('i32.atomic.store', arrivedAddress);
        code.i32(0).i32(1).atomic('i32.atomic.rmw.add', generationAddress).op('drop');
        code.i32(0).i32(-1).atomic('memory.atomic.notify', generationAddress).op('drop');
      },
      () => {
        const hasChanged = () =>
          code.i32(0).atomic('i32.atomic.load', generationAddress).get(generation).op('i32.ne');
        code
          .i32(spins)
          .set(rest)
          .loop(() => {
            hasChanged().if(() => code.op('return'));
            code.get(rest).i32(-1).op('i32.add').tee(rest).branchIf(0);
          });
        code.loop(() => {
          code.i32(0).get(generation).i64(-1).atomic('memory.atomic.wait32', generationAddress).op('drop');
          hasChanged().op('i32.eqz').branchIf(0);
        });
      },
    );
  });
  return {
    rangeOf: (code, total) => {
      const [first, count] = [code.local('i32'), code.local('i32')];
      const bound = (offset: number) =>
        code
          .global(threadGlobal)
          .i32(offset)
          .op('i32.add')
          .i32(total)
          .op('i32.mul')
          .global(threadsGlobal)
          .op('i32.div_s');
      bound(0).set(first);
      bound(1).get(first).op('i32.sub').set(count);
      return { first, count };
    },
    barrier: (code) => {
      code.call(barrier);
    },
    lead: (code, build) => {
      code.global(threadGlobal).op('i32.eqz').if(build);
    },
    pushThread: (code) => {
      code.global(threadGlobal);
    },
  };
}
