import { beforeAll, describe, expect, it } from 'vitest';
import type { FromWorker, ViewWish } from '../../protocol/messages.js';
import { readFromWorker } from '../../protocol/readFromWorker.js';
import { defaultSettings, type Settings } from '../../state/settings.js';
import { layersOf } from '../testing/layersOf.js';
import { nothingShown, SessionDriver } from '../testing/sessionDriver.js';

const everything = { grid: 96, weights: true, residuals: true, units: true, formula: true } as const;

describe('Session', () => {
  let page: SessionDriver;
  let run = 0;
  beforeAll(async () => {
    page = await SessionDriver.open();
  });
  const configure = async (settings: Partial<Settings>, views: Partial<ViewWish> = {}) => {
    run += 1;
    await page.configure(run, settings, views);
    return run;
  };

  it('says what it computes on', () => {
    const [{ capabilities }] = page.all('ready');
    expect(capabilities.backend).toBe('wasm');
    expect(capabilities.backends.map(({ backend, isAvailable }) => [backend, isAvailable])).toEqual([
      ['wasm', true],
      ['threads', false],
      ['webgl', false],
      ['javascript', true],
    ]);
  });

  it('trains the default settings to their stop', async () => {
    const id = await configure({}, everything);
    const [configured] = page.all('configured').slice(-1);
    expect(
      configured.contestants.map(({ title, parameters, degree }) => ({ title, parameters, degree })),
    ).toEqual([
      { title: 'quadratic neuron', parameters: 6, degree: 2 },
      { title: 'dense net 2 + 1', parameters: 9, degree: undefined },
    ]);
    expect(await page.runToEnd(id)).toMatchObject({ kind: 'done', step: 300, reason: 'limit' });
    const frame = page.lastFrame;
    expect(frame).toMatchObject({ step: 300, gridSize: 96 });
    expect(frame?.scores[0].score).toBeGreaterThanOrEqual(0.99);
    expect(frame?.grids?.map(({ length }) => length)).toEqual([96 * 96, 96 * 96]);
    expect(frame?.weights?.map(({ length }) => length)).toEqual([6, 9]);
    expect(frame?.residuals?.map(({ length }) => length)).toEqual([500, 500]);
    expect(frame?.units?.map(({ length }) => length)).toEqual([1, 2]);
    expect(frame?.formula).toMatchObject({ isExact: true, degree: 2, conic: { name: 'nearly a circle' } });
  });

  it('puts the class inside in the middle of the surface, upper row first', async () => {
    const [ours] = page.lastFrame.grids as readonly [Float32Array, Float32Array];
    expect(ours[48 * 96 + 48]).toBeGreaterThan(0.9);
    expect(Math.max(ours[0], ours[95], ours[95 * 96], ours[96 * 96 - 1])).toBeLessThan(0.01);
    const id = await configure({ dataset: 'plane', loss: 'squared', stop: 100 }, { grid: 9 });
    await page.runToEnd(id);
    const [plane] = page.lastFrame.grids as readonly [Float32Array, Float32Array];
    // 0.7 x1 - 0.4 x2 + 0.1 is largest to the right and below
    expect(plane.indexOf(Math.max(...plane))).toBe(80);
  });

  it('gives the same bits whatever slices a run is cut into', async () => {
    const settings = { stop: 250, network: layersOf('q3t.t2d3'), dataset: 'moons' } as const;
    const whole = await configure(settings);
    await page.runToEnd(whole);
    const pieces = await configure(settings);
    for (const count of [1, 2, 7, 40, 100, 99, 1]) {
      const done = page.next('done');
      await page.send({ kind: 'step', run: pieces, count });
      await done;
    }
    await page.send({ kind: 'drawn', run: pieces, buffers: [] });
    expect(page.curve(pieces)).toEqual(page.curve(whole));
    const other = await configure({ ...settings, weightSeed: 2 });
    await page.runToEnd(other);
    expect(page.curve(other)).not.toEqual(page.curve(whole));
  });

  it('lets no slice of a run go on that was configured anew before it began', async () => {
    const old = await configure({ stop: 100_000 });
    const errors = page.all('error').length;
    const started = page.send({ kind: 'run', run: old, speed: 'max' });
    const id = await configure({ stop: 50 });
    await started;
    expect(await page.runToEnd(id)).toMatchObject({ kind: 'done', step: 50 });
    expect(page.all('error').slice(errors)).toEqual([]);
  });

  it('waits for a frame to be drawn before it sends another', async () => {
    page.drawsAtOnce = false;
    const id = await configure({ stop: 5000 }, { grid: 96 });
    await page.runToEnd(id);
    expect(page.frames.filter((frame) => frame.run === id)).toHaveLength(1);
    page.drawsAtOnce = true;
    await page.send({ kind: 'drawn', run: id, buffers: [] });
    const [, last] = page.frames.filter((frame) => frame.run === id);
    expect(last.step).toBe(5000);
  });

  it('stops where it is told to and goes on from there', async () => {
    const id = await configure({ stop: 100_000 });
    const done = page.next('done');
    await page.send({ kind: 'run', run: id, speed: 'max' });
    await page.send({ kind: 'pause', run: id });
    const { step, reason } = await done;
    expect(reason).toBe('paused');
    expect(step).toBeLessThan(100_000);
    await page.send({ kind: 'set', run: id, settings: { stop: step + 50 } });
    expect(await page.runToEnd(id)).toMatchObject({ reason: 'limit', step: step + 50 });
  });

  it('stops at a target, and says when it was reached', async () => {
    const id = await configure({ target: 99 });
    const done = await page.runToEnd(id);
    expect(done).toMatchObject({ reason: 'target' });
    expect(page.lastFrame.scores[0].stepsToTarget).toBe(done.step);
  });

  it('takes a new rate without starting again', async () => {
    const settings = {
      stop: 20,
      network: layersOf('d1'),
      dataset: 'edge',
      optimizer: 'sgd',
      rate: 0.1,
    } as const;
    const id = await configure(settings, { weights: true });
    await page.send({ kind: 'set', run: id, settings: { rate: 0.0001 } });
    await page.runToEnd(id);
    const slow = Array.from(page.lastFrame.weights?.[0] ?? []);
    const other = await configure({ ...settings, rate: 0.0001 }, { weights: true });
    await page.runToEnd(other);
    expect(Array.from(page.lastFrame.weights?.[0] ?? [])).toEqual(slow);
  });

  it('trains silently before the first picture', async () => {
    await configure({ silentSteps: 120 });
    expect(page.lastFrame.step).toBe(120);
    expect(page.lastFrame.history.slice(-5)[0]).toBe(120);
  });

  it('exports a model and takes it in the place of another network', async () => {
    const id = await configure({ network: layersOf('q2t'), stop: 60 }, { grid: 9 });
    await page.runToEnd(id);
    await page.send({ kind: 'export', run: id, contestant: 0 });
    const [{ model }] = page.all('exported').slice(-1);
    const trained = Array.from(page.lastFrame.grids?.[0] ?? []);
    const other = await configure({ network: layersOf('d1') }, { grid: 9 });
    await page.send({ kind: 'import', run: other, model });
    expect(page.all('configured').slice(-1)[0].settings.network).toEqual(layersOf('q2t'));
    await page.send({ kind: 'drawn', run: other, buffers: [] });
    expect(Array.from(page.lastFrame.grids?.[0] ?? [])).toEqual(trained);
    await page.send({ kind: 'import', run: other, model: { ...model, topology: '[]' } });
    expect(page.all('error').at(-1)).toMatchObject({ code: 'network', isRecoverable: true });
  });

  it('shows images with the classes that are given to them', async () => {
    const network = layersOf('q4r2t');
    const id = await configure(
      { dataset: 'glyphs', samples: 200, network, stop: 30, rate: 0.01 },
      everything,
    );
    const [{ problem, contestants }] = page.all('configured').slice(-1);
    expect(problem).toMatchObject({ view: 'images', task: 'classes', imageShape: [14, 14] });
    expect(contestants[1].parameters).toBeGreaterThanOrEqual(contestants[0].parameters);
    await page.runToEnd(id);
    const { gridSize, predictions, grids, units, formula } = page.lastFrame;
    expect([gridSize, grids, units, formula]).toEqual([0, undefined, undefined, undefined]);
    const classes = [...new Set(predictions?.flatMap((values) => Array.from(values)))];
    expect(classes.every((one) => Number.isInteger(one) && one >= 0 && one < 10)).toBe(true);
  });

  it('computes nothing that is not shown', async () => {
    const id = await configure({ stop: 30 });
    await page.runToEnd(id);
    expect(Object.keys(page.lastFrame).sort()).toEqual([
      'gridSize',
      'history',
      'kind',
      'run',
      'scores',
      'seconds',
      'step',
      'stepsPerSecond',
    ]);
    await page.send({ kind: 'set', run: id, views: { ...nothingShown, grid: 192 } });
    expect(page.lastFrame.grids?.[0]).toHaveLength(192 * 192);
  });

  it('takes pasted points in units of their own', async () => {
    const rows = Array.from({ length: 40 }, (_, at) => [100 + at, -5 * at, 1000 + 3 * at] as const);
    run += 1;
    const settings = { ...defaultSettings, dataset: 'csv', loss: 'squared', stop: 300 } as const;
    const points = { isClassification: false, points: rows };
    await page.send({
      kind: 'configure',
      run,
      settings,
      points,
      views: { ...nothingShown, residuals: true },
    });
    await page.runToEnd(run);
    // Targets go from 1,000 to 1,117: within a tenth of a percent of the interval
    expect(page.lastFrame.scores[0].score).toBeLessThan(0.117);
    await page.send({ kind: 'probe', run, point: [110, -50] });
    expect(Math.abs((page.all('probed').at(-1)?.values[0] ?? 0) - 1030)).toBeLessThan(0.5);
    await page.send({ kind: 'probe', run, point: [110] });
    expect(page.all('error').at(-1)?.text).toMatchInlineSnapshot(
      `"A point of this problem has 2 finite numbers."`,
    );
    run += 1;
    await page.send({ kind: 'configure', run, settings, views: nothingShown });
    expect(page.all('error').at(-1)).toMatchObject({ code: 'data', isRecoverable: true });
  });

  it('answers a probe with what the surface shows', async () => {
    const id = await configure({ stop: 50 }, { grid: 9 });
    await page.runToEnd(id);
    await page.send({ kind: 'probe', run: id, point: [0, 0] });
    const [{ values }] = page.all('probed').slice(-1);
    const grids = page.lastFrame.grids as readonly [Float32Array, Float32Array];
    expect(values).toEqual([grids[0][40], grids[1][40]]);
  });

  it('edits a weight, and the picture follows', async () => {
    const id = await configure({}, { grid: 9, weights: true, formula: true });
    await page.send({ kind: 'edit', run: id, contestant: 0, weight: 'layer0/biasL', index: 0, value: 2 });
    const frame = page.lastFrame;
    expect(frame?.weights?.[0][5]).toBe(2);
    expect(frame?.formula?.terms.find(({ exponents }) => exponents.join() === '0,0')?.coefficient).toBe(2);
    await page.send({ kind: 'edit', run: id, contestant: 0, weight: 'layer9/none', index: 0, value: 2 });
    expect(page.all('error').at(-1)?.text).toMatchInlineSnapshot(
      `"There is no weight layer9/none with a number 0."`,
    );
    await page.send({ kind: 'edit', run: id, contestant: 0, weight: 'layer0/biasL', index: 0, value: 1e39 });
    expect(page.all('error').at(-1)?.text).toMatchInlineSnapshot(
      `"A weight must be a finite number of float32."`,
    );
  });

  it('goes on from a snapshot as if it had never stopped', async () => {
    const settings = { stop: 200, network: layersOf('q2t') };
    const whole = await configure(settings);
    await page.runToEnd(whole);
    const first = await configure({ ...settings, stop: 120 });
    await page.runToEnd(first);
    await page.send({ kind: 'snapshot', run: first });
    const [{ snapshot }] = page.all('snapshot').slice(-1);
    const second = await configure(settings);
    await page.send({ kind: 'restore', run: second, snapshot });
    await page.runToEnd(second);
    const [last, wanted] = [page.curve(second), page.curve(whole)];
    expect(last.slice(-5)).toEqual(wanted.slice(-5));
    const third = await configure({});
    await page.send({ kind: 'restore', run: third, snapshot });
    expect(page.all('error').at(-1)?.text).toMatchInlineSnapshot(
      `"The snapshot is of another network: layer0/kernelL does not fit."`,
    );
  });

  it('repeats from other seeds', async () => {
    const id = await configure({ target: 99 });
    const last = new Promise<FromWorker>((resolve) => {
      const listen = async (): Promise<void> => {
        const message = await page.next('repeated');
        if (message.isLast) resolve(message);
        else await listen();
      };
      void listen();
    });
    await page.send({ kind: 'repeat', run: id, seeds: [1, 2, 3] });
    expect(await last).toMatchObject({
      results: [
        { seed: 1, outcome: 'target' },
        { seed: 2, outcome: 'target' },
        { seed: 3, outcome: 'target' },
      ],
    });
  });

  it('sweeps learning rates from one seed to the stop, whatever the target', async () => {
    const id = await configure({ target: 99, stop: 60 });
    const last = new Promise<FromWorker>((resolve) => {
      const listen = async (): Promise<void> => {
        const message = await page.next('swept');
        if (message.isLast) resolve(message);
        else await listen();
      };
      void listen();
    });
    await page.send({ kind: 'sweep', run: id, rates: [0.01, 0.1] });
    const swept = (await last) as Extract<FromWorker, { kind: 'swept' }>;
    expect(swept.results.map(({ rate, outcome }) => [rate, outcome])).toEqual([
      [0.01, 'limit'],
      [0.1, 'limit'],
    ]);
    // Those of the run itself at its rate
    const own = await configure({ stop: 60 });
    await page.runToEnd(own);
    expect(swept.results[1].scores[0].testLoss).toBe(page.lastFrame.scores[0].testLoss);
    expect(swept.results[0].scores[0].testLoss).toBeGreaterThan(swept.results[1].scores[0].testLoss);
  });

  it('names where training diverged and keeps finite weights', async () => {
    const id = await configure(
      {
        network: layersOf('t2d4.t2d4'),
        rate: 1,
        stop: 2000,
        optimizer: 'sgd',
        loss: 'squared',
        dataset: 'saddle',
      },
      everything,
    );
    const { run: _, ...end } = await page.runToEnd(id);
    expect(end).toMatchInlineSnapshot(`
      {
        "contestant": 0,
        "kind": "diverged",
        "layer": "layer 3 (Dense)",
        "step": 2,
        "tensor": "weights after the step",
      }
    `);
    const frame = page.lastFrame;
    expect(frame?.step).toBe(end.step);
    expect(frame?.weights?.every((values) => values.every(Number.isFinite))).toBe(true);
  });

  it('says what it does not understand', async () => {
    await page.send({ kind: 'jump', run: 1 } as never);
    await page.send({ kind: 'run', run: 10_000, speed: 'max' });
    await page.send({ kind: 'step', run, count: 0.5 });
    await page.send({ kind: 'set', run, settings: { rate: Number.NaN } });
    await page.send('hello' as never);
    expect(
      page
        .all('error')
        .slice(-5)
        .map(({ text }) => text),
    ).toMatchInlineSnapshot(`
      [
        "There is no message of kind jump.",
        "There is no run 10000: it was replaced, or never configured.",
        "A message is not as it must be: step.count is not a whole number from 1 to 1000000.",
        "A message is not as it must be: set.settings.rate is out of its range.",
        "A message has no kind.",
      ]
    `);
    const early = new SessionDriver();
    await early.configure(1);
    expect(early.all('error').map(({ text }) => text)).toMatchInlineSnapshot(`
      [
        "A message came before 'init'.",
      ]
    `);
  });

  it('sends nothing that the page does not understand', () => {
    expect(page.received.map((message) => readFromWorker(message).fault).filter(Boolean)).toEqual([]);
  });
});
