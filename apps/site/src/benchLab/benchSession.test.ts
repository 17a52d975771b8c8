import type { BenchReport } from '@polyneuron/bench';
import { describe, expect, it } from 'vitest';
import { type BenchSurroundings, createBenchSession } from './benchSession.js';
import type { FromBench } from './messages.js';
import type { BenchPlan } from './plan.js';

const plan: BenchPlan = {
  length: 'quick',
  contenders: ['polyneuron-wasm', 'tfjs-wasm'],
  groups: ['steps', 'products'],
  threads: 1,
  hasWrongContender: false,
  seed: 1,
};

const partial: BenchReport = {
  version: 1,
  environment: {
    date: '2026-01-01T00:00:00.000Z',
    runtime: 'a browser',
    v8: null,
    flags: [],
    platform: 'a platform',
    cpu: 'not told by browsers',
    cores: 2,
    memoryBytes: null,
    simd: ['simd'],
    hasSharedMemory: true,
    loadAverage: null,
    warnings: [],
  },
  peak: null,
  baseline: 'tfjs-wasm',
  results: [],
  errors: [],
  missing: [],
  run: {
    started: '2026-01-01T00:00:00.000Z',
    ended: '2026-01-01T00:00:05.000Z',
    rounds: 30,
    budgetMs: 4000,
    minimumTimingMs: 2,
    seed: 1,
    cases: ['cross', 'mnist-mlp', 'gemm-256-nn'],
    isComplete: false,
  },
};

/** A page without a browser: the worker says what the test says. */
function surroundings() {
  const sent: BenchPlan[] = [];
  const ended: string[] = [];
  let say: (message: FromBench) => void = () => {};
  let crash: (text: string) => void = () => {};
  let lose: (loss: 'hidden' | 'blurred') => void = () => {};
  const page: BenchSurroundings = {
    startWorker(onMessage, onCrash) {
      [say, crash] = [onMessage, onCrash];
      return { run: (wanted) => void sent.push(wanted), end: () => void ended.push('worker') };
    },
    onLoss(callback) {
      lose = callback;
      return () => void ended.push('listening');
    },
  };
  return {
    session: createBenchSession(page),
    sent,
    ended,
    say: (message: FromBench) => say(message),
    crash: (text: string) => crash(text),
    lose: (loss: 'hidden' | 'blurred') => lose(loss),
  };
}

describe('createBenchSession', () => {
  it('does nothing before it is started, and takes one run at a time', () => {
    const { session, sent } = surroundings();
    expect([session.status.value, sent]).toEqual([{ kind: 'idle' }, []]);
    session.start(plan);
    session.start({ ...plan, seed: 2 });
    expect(sent).toEqual([plan]);
  });

  it('says how far a run is', () => {
    const { session, say } = surroundings();
    session.start(plan);
    const tell = (event: Extract<FromBench, { kind: 'progress' }>['event']) => {
      say({ kind: 'progress', event });
      return session.status.value;
    };
    expect(tell({ case: '*', phase: 'open', contender: 'tfjs-wasm' })).toEqual({
      kind: 'running',
      share: 0,
      text: 'starting tfjs-wasm',
    });
    // The second of three cases, half of its rounds
    expect(tell({ case: 'mnist-mlp', phase: 'rounds', round: 15, rounds: 30 })).toEqual({
      kind: 'running',
      share: 0.5,
      text: 'mnist-mlp: round 15 of 30',
    });
  });

  it('keeps what is measured when it is stopped, and ends the worker', () => {
    const { session, say, ended } = surroundings();
    session.start(plan);
    say({ kind: 'partial', report: partial });
    session.stop();
    expect([session.status.value, session.report.value, ended]).toEqual([
      { kind: 'stopped' },
      partial,
      ['listening', 'worker'],
    ]);
    session.start(plan);
    expect(session.report.value).toBeUndefined();
  });

  it('is void once the page was hidden, and counts losses of the focus', () => {
    const { session, say, lose, ended } = surroundings();
    session.start(plan);
    say({ kind: 'partial', report: partial });
    lose('blurred');
    expect([session.status.value.kind, session.focusLosses.value]).toEqual(['running', 1]);
    lose('hidden');
    expect(session.status.value.kind).toBe('void');
    expect(session.report.value?.run?.voidedBy).toContain('the page was hidden');
    expect(ended).toContain('worker');
  });

  it('ends with the report, or with what went wrong', () => {
    const first = surroundings();
    first.session.start(plan);
    first.say({ kind: 'done', report: partial });
    expect([first.session.status.value, first.session.report.value]).toEqual([{ kind: 'done' }, partial]);
    const second = surroundings();
    second.session.start(plan);
    second.say({ kind: 'failed', text: 'no such case' });
    expect(second.session.status.value).toEqual({ kind: 'failed', text: 'no such case' });
    const third = surroundings();
    third.session.start(plan);
    third.crash('its script could not be loaded');
    expect(third.session.status.value).toEqual({ kind: 'failed', text: 'its script could not be loaded' });
  });
});
