import { describe, expect, it } from 'vitest';
import { createExperimentSession } from './experimentSession.js';
import type { FromExperiment, Outcome, ToExperiment } from './messages.js';

const plan = { id: 'cross', seeds: 5, isFull: false };

const outcome: Outcome = {
  seeds: 1,
  secondsPerSeed: 2,
  verdict: 'reproduced',
  claims: [],
  contenders: [],
  dataset: 'sample',
  backend: 'sample',
  json: '{}',
};

/** A session whose worker says what the test says. */
function fixture() {
  const sent: ToExperiment[] = [];
  let ends = 0;
  let say: (message: FromExperiment) => void = () => {};
  let crash: (text: string) => void = () => {};
  const session = createExperimentSession((onMessage, onCrash) => {
    [say, crash] = [onMessage, onCrash];
    return {
      send: (message) => void sent.push(message),
      terminate: () => {
        ends++;
      },
    };
  });
  const phase = () => session.cards.value.cross?.phase;
  return {
    session,
    sent,
    phase,
    ends: () => ends,
    say: (message: FromExperiment) => say(message),
    crash: (text: string) => crash(text),
  };
}

describe('createExperimentSession', () => {
  it('runs one experiment at a time', () => {
    const { session, sent } = fixture();
    session.start(plan);
    session.start({ ...plan, id: 'lift' });
    expect(sent).toEqual([{ kind: 'run', plan }]);
    expect([session.running.value, session.cards.value.lift]).toEqual(['cross', undefined]);
  });

  it('says what trains and how far it is', () => {
    const { session, say, phase } = fixture();
    session.start(plan);
    say({ kind: 'progress', seed: 2, label: 'dense', done: 30, total: 100, note: 'loss 0.5' });
    expect(phase()).toEqual({ kind: 'running', seed: 2, share: 0.3, text: 'dense, loss 0.5' });
  });

  it('keeps what is judged when it is cancelled, and ends the worker', () => {
    const { session, say, phase, ends } = fixture();
    session.start(plan);
    say({ kind: 'judged', outcome });
    session.cancel();
    expect([phase(), session.cards.value.cross?.outcome, session.running.value, ends()]).toEqual([
      { kind: 'cancelled' },
      outcome,
      undefined,
      1,
    ]);
    session.start(plan);
    expect(session.cards.value.cross?.outcome).toBeUndefined();
  });

  it('ends when it is done, fails or crashes', () => {
    const first = fixture();
    first.session.start(plan);
    first.say({ kind: 'done' });
    expect([first.phase(), first.session.running.value, first.ends()]).toEqual([
      { kind: 'done' },
      undefined,
      1,
    ]);
    const second = fixture();
    second.session.start(plan);
    second.say({ kind: 'failed', text: 'no such file' });
    expect(second.phase()).toEqual({ kind: 'failed', text: 'no such file' });
    second.session.start(plan);
    second.crash('out of memory');
    expect(second.phase()).toEqual({ kind: 'failed', text: 'out of memory' });
  });
});
