import type { Backend, Executable } from '@polyneuron/backend';
import { createWasmBackend } from '@polyneuron/backend-wasm';
import { expectClose, tolerances } from '@polyneuron/testing';
import { describe, expect, it } from 'vitest';
import { backendTable } from '../backends/backendTable.js';
import { SessionDriver, type Table } from '../testing/sessionDriver.js';

class DeviceGone extends Error {}

/**
 * wasm that can be taken away and given back, as a graphics device is: Node has none. What it computes is real; its
 * state after the loss is what was written or read last, so it must be written again.
 */
function losable(): { readonly table: Table; lose(): void; restore(): void } {
  const inner = createWasmBackend();
  let [isLost, giveBack]: [boolean, () => void] = [false, () => {}];
  let back: Promise<void> = Promise.resolve();
  const live =
    <A extends unknown[], R>(act: (...given: A) => R) =>
    (...given: A): R => {
      if (isLost) throw new DeviceGone('gone');
      return act(...given);
    };
  const backend: Backend = {
    ...inner,
    compile: live(async (program) => {
      const executable = await inner.compile(program);
      const guarded: Executable = {
        ...executable,
        write: live(executable.write),
        read: live(executable.read),
        run: live(executable.run),
        scan: live(executable.scan),
      };
      return guarded;
    }),
  };
  return {
    table: {
      ...backendTable,
      webgl: {
        title: 'a device that can be lost',
        selfTest: 'small',
        missing: () => undefined,
        open: async () => backend,
        recovery: { isLoss: (error) => error instanceof DeviceGone, restored: () => back },
      },
    },
    lose() {
      isLost = true;
      back = new Promise((resolve) => {
        giveBack = resolve;
      });
    },
    restore() {
      isLost = false;
      giveBack();
    },
  };
}

describe('Session on other backends', () => {
  it('trains on the interpreter as on wasm', async () => {
    const [wasm, plain] = [await SessionDriver.open('wasm'), await SessionDriver.open('javascript')];
    for (const page of [wasm, plain]) {
      await page.configure(1, { stop: 40, samples: 100 }, { formula: true, grid: 9 });
      await page.runToEnd(1);
    }
    expectClose(plain.curve(1), wasm.curve(1), tolerances.float32.trainingRun);
    expect(plain.lastFrame.formula?.conic?.name).toBe(wasm.lastFrame.formula?.conic?.name);
  });

  it('says that the device is gone, and goes on where it stood when it is back', async () => {
    const device = losable();
    const page = await SessionDriver.open('webgl', device.table);
    await page.configure(1, { stop: 100_000 });
    await page.send({ kind: 'step', run: 1, count: 150 });
    await page.next('done');
    const error = page.next('error');
    await page.send({ kind: 'run', run: 1, speed: 'max' });
    device.lose();
    expect(await error).toMatchObject({ code: 'backend-lost', isRecoverable: true });
    // The state of the last scores is still there to be taken elsewhere
    await page.send({ kind: 'snapshot', run: 1 });
    const [{ snapshot }] = page.all('snapshot').slice(-1);
    expect(snapshot.step).toBeGreaterThanOrEqual(150);
    const notice = page.next('notice');
    device.restore();
    expect((await notice).text).toBe(`The device is back; the run stands at step ${snapshot.step} again.`);
    await page.send({ kind: 'step', run: 1, count: 10 });
    expect((await page.next('done')).step).toBe(snapshot.step + 10);

    const other = await SessionDriver.open('wasm');
    await other.configure(1, { stop: 100_000 });
    await other.send({ kind: 'restore', run: 1, snapshot });
    expect(other.lastFrame.step).toBe(snapshot.step);
  });
});
