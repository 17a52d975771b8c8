import { describe, expect, it } from 'vitest';
import type { Frame, FromWorker, ToWorker } from '../protocol/messages.js';
import { defaultSettings } from '../state/settings.js';
import { Session } from './session.js';
import type { Surroundings, WorkerEvents } from './surroundings.js';

/**
 * A page without a browser: node has no workers of the web, no frames and no hidden tabs, so a test plays the worker,
 * paints when it wants to and moves the clock itself.
 */
function createPage() {
  let now = 0;
  let isHidden = false;
  let painting: (() => void)[] = [];
  const timers: { at: number; callback: () => void }[] = [];
  const listeners: (() => void)[] = [];
  const workers: { readonly sent: ToWorker[]; readonly events: WorkerEvents; isTerminated: boolean }[] = [];
  const surroundings: Surroundings = {
    startWorker(events) {
      const worker = { sent: [] as ToWorker[], events, isTerminated: false };
      workers.push(worker);
      return {
        send: (message) => worker.sent.push(message),
        terminate: () => {
          worker.isTerminated = true;
        },
      };
    },
    now: () => now,
    requestFrame: (callback) => painting.push(callback),
    later(milliseconds, callback) {
      const timer = { at: now + milliseconds, callback };
      timers.push(timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) timers.splice(at, 1);
      };
    },
    isHidden: () => isHidden,
    onVisibilityChange(callback) {
      listeners.push(callback);
      return () => {};
    },
  };
  const session = new Session({ surroundings });
  const worker = () => workers[workers.length - 1];
  const say = (message: FromWorker) => worker().events.onMessage(message);
  return {
    session,
    workers,
    worker,
    say,
    kinds: () => worker().sent.map(({ kind }) => kind),
    sent: <K extends ToWorker['kind']>(kind: K) =>
      worker().sent.filter((one): one is Extract<ToWorker, { kind: K }> => one.kind === kind),
    paint() {
      const due = painting;
      painting = [];
      for (const callback of due) callback();
    },
    /** Timers fire in their order. */
    pass(milliseconds: number) {
      const until = now + milliseconds;
      for (;;) {
        timers.sort((one, other) => one.at - other.at);
        if (timers.length === 0 || timers[0].at > until) break;
        const next = timers.shift();
        now = Math.max(now, next?.at ?? now);
        next?.callback();
      }
      now = until;
    },
    hide(value: boolean) {
      isHidden = value;
      for (const listener of listeners) listener();
    },
    ready: () =>
      say({ kind: 'ready', version: 1, capabilities: { backend: 'wasm', backends: [], isIsolated: true } }),
    configured: (run: number) =>
      say({
        kind: 'configured',
        run,
        settings: defaultSettings,
        problem: {} as never,
        contestants: [] as never,
        notices: [],
      }),
  };
}

const score = { trainLoss: 1, testLoss: 1, score: 0 };

function frameOf(run: number, step: number, parts: Partial<Frame> = {}): Frame {
  return {
    kind: 'frame',
    run,
    step,
    seconds: 0,
    stepsPerSecond: 0,
    scores: [score, score],
    history: Float32Array.of(step, 1, 1, 1, 1),
    gridSize: 2,
    ...parts,
  };
}

/** A session with its networks, running. */
function startRunning() {
  const page = createPage();
  page.session.configure(defaultSettings);
  page.ready();
  page.configured(page.sent('configure')[0].run);
  page.session.start('max');
  return { ...page, run: page.sent('configure')[0].run };
}

describe('Session', () => {
  it('configures when the worker is ready, and starts when it was asked to meanwhile', () => {
    const page = createPage();
    page.session.configure(defaultSettings);
    page.session.start(75);
    expect(page.kinds()).toEqual(['init']);
    page.ready();
    expect(page.sent('configure')).toHaveLength(1);
    page.configured(page.sent('configure')[0].run);
    expect(page.sent('run')[0].speed).toBe(75);
    expect(page.session.phase.value).toBe('running');
  });

  it('goes on although it is configured again before it has started', () => {
    const { session, configured, run, kinds } = startRunning();
    for (const next of [run + 1, run + 2]) {
      const { isGoingOn } = session;
      session.configure(defaultSettings);
      expect([next, isGoingOn]).toEqual([next, true]);
      session.start();
    }
    expect(session.isGoingOn).toBe(true);
    configured(run + 2);
    expect(kinds().at(-1)).toBe('run');
    session.pause();
    session.configure(defaultSettings);
    expect(session.isGoingOn).toBe(false);
  });

  it('gives credit only after painting, at most 20 times a second', () => {
    const { say, paint, pass, sent, session, run } = startRunning();
    say(frameOf(run, 1));
    expect(sent('drawn')).toHaveLength(0);
    paint();
    expect(sent('drawn')).toHaveLength(1);
    expect(session.frame.value?.step).toBe(1);
    say(frameOf(run, 2));
    paint();
    expect(sent('drawn')).toHaveLength(1);
    pass(50);
    paint();
    expect(sent('drawn')).toHaveLength(2);
  });

  it('gives arrays back when newer ones took their place, and keeps the others on the frame', () => {
    const { say, paint, pass, sent, session, run } = startRunning();
    const grids = [new Float32Array(4), new Float32Array(4)] as const;
    const weights = [new Float32Array(6), new Float32Array(9)] as const;
    say(frameOf(run, 1, { grids, weights }));
    paint();
    pass(50);
    say(frameOf(run, 2, { grids: [new Float32Array(4), new Float32Array(4)] }));
    paint();
    expect(sent('drawn')[1].buffers).toEqual([grids[0].buffer, grids[1].buffer]);
    expect(session.frame.value?.weights).toBe(weights);
  });

  it('takes nothing from an older run', () => {
    const { say, paint, session, run } = startRunning();
    session.configure(defaultSettings);
    say(frameOf(run, 7));
    paint();
    expect(session.frame.value).toBeUndefined();
    expect(session.curve.length).toBe(0);
  });

  it('terminates a worker that says nothing for 1 s, starts afresh and restores the last snapshot', () => {
    const page = startRunning();
    const { run } = page;
    const snapshot = {
      settings: defaultSettings,
      step: 40,
      seconds: 1,
      state: [{}, {}],
      history: new Float32Array(),
    };
    page.say({ kind: 'snapshot', run, snapshot: snapshot as never });
    page.pass(1000);
    expect(page.sent('snapshot')).toHaveLength(1);
    expect(page.workers).toHaveLength(1);
    page.pass(1001);
    expect(page.workers).toHaveLength(2);
    expect(page.workers[0].isTerminated).toBe(true);
    expect(page.session.notices.value).toEqual([
      'The training worker did not answer for 1 s. It was started afresh and stands at step 40 again.',
    ]);
    page.ready();
    page.configured(page.sent('configure')[0].run);
    expect(page.sent('restore')[0].snapshot.step).toBe(40);
    expect(page.session.phase.value).toBe('idle');
  });

  it('leaves a worker alone that answers', () => {
    const { say, pass, workers, run } = startRunning();
    for (let second = 0; second < 5; second++) {
      pass(1000);
      say(frameOf(run, second + 1));
    }
    expect(workers).toHaveLength(1);
  });

  it('gives up after three new workers, and says so', () => {
    const page = createPage();
    for (let crash = 0; crash < 4; crash++) page.worker().events.onCrash('its script could not be loaded');
    expect(page.session.phase.value).toBe('failed');
    expect(page.workers).toHaveLength(4);
    expect(page.session.notices.value.at(-1)).toBe(
      'The training worker stopped: its script could not be loaded and was started afresh 3 times: reload the page to try again.',
    );
  });

  it('pauses a hidden page after 1 s and goes on when it is shown', () => {
    const { say, pass, hide, sent, session, run } = startRunning();
    hide(true);
    pass(900);
    expect(sent('pause')).toHaveLength(0);
    pass(100);
    expect(sent('pause')).toHaveLength(1);
    say({ kind: 'done', run, step: 9, reason: 'paused' });
    hide(false);
    expect(sent('run')).toHaveLength(2);
    expect(session.phase.value).toBe('running');
  });

  it('lets a hidden page train on where the visitor wants that', () => {
    const { session, hide, pass, kinds } = startRunning();
    session.keepsTraining.value = true;
    hide(true);
    pass(1000);
    expect(kinds()).not.toContain('pause');
    expect(session.phase.value).toBe('running');
  });

  it('asks for pictures that are on screen, and no others', async () => {
    const { session, sent } = startRunning();
    const takeBack = session.wish('surface');
    session.wish('formula');
    await Promise.resolve();
    expect(sent('set').at(-1)?.views).toMatchObject({
      grid: 96,
      residuals: true,
      formula: true,
      weights: false,
    });
    takeBack();
    await Promise.resolve();
    expect(sent('set').at(-1)?.views).toMatchObject({ grid: 0, residuals: false, formula: true });
  });

  it('starts with smaller weights where it is asked to', () => {
    const page = createPage();
    page.session.configure(defaultSettings, undefined, 0.5);
    page.ready();
    const { run } = page.sent('configure')[0];
    page.say({
      kind: 'configured',
      run,
      settings: defaultSettings,
      problem: {} as never,
      contestants: [{ weights: [{ name: 'layer0/kernel' }] }, { weights: [] }] as never,
      notices: [],
    });
    const state = { 'layer0/kernel': Float32Array.of(2, 4), slot: Float32Array.of(8) };
    page.say({
      kind: 'snapshot',
      run,
      snapshot: {
        settings: defaultSettings,
        step: 0,
        seconds: 0,
        state: [state, {}],
        history: new Float32Array(),
      },
    });
    const [ours] = page.sent('restore')[0].snapshot.state;
    expect(Array.from(ours['layer0/kernel'])).toEqual([1, 2]);
    expect(Array.from(ours.slot)).toEqual([8]);
  });
});
