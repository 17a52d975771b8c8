import { expectClose, tolerances } from '@polyneuron/testing';
import { createWebglBackend } from '../webglBackend.js';
import { fedRows, startState, step, steps, train } from './training.js';

/** Resolves in a task after the event: only then is a context that was lost allowed to come back. */
export const nextEvent = (canvas: EventTarget, name: string) =>
  new Promise<void>((resolve) => canvas.addEventListener(name, () => setTimeout(resolve), { once: true }));

/** Errors, and what an executable holds, before a context is lost, while it is, and after it came back. */
export async function loseContext() {
  const backend = createWebglBackend();
  const { context } = backend;
  const extension = context.getExtension('WEBGL_lose_context') as WEBGL_lose_context;
  const executable = await backend.compile(step);
  const expected = await train(executable);
  for (const [name, data] of Object.entries(startState())) executable.write(name, data);
  const lost = nextEvent(context.canvas, 'webglcontextlost');
  extension.loseContext();
  await lost;
  const messageOf = async (call: () => unknown) => {
    try {
      await call();
      return 'no error';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const inputs = { rows: fedRows() };
  const errors = {
    scan: await messageOf(() => executable.scan(steps, inputs)),
    read: await messageOf(() => executable.read('w')),
    compile: await messageOf(() => backend.compile(step)),
  };
  const isLost = backend.isLost;
  const restored = backend.whenRestored();
  extension.restoreContext();
  await restored;
  // From the state that was last written, as if nothing had happened
  const { loss } = await executable.scan(steps, inputs);
  expectClose(loss, expected.loss, tolerances.float32.exact);
  expectClose(await executable.read('w'), expected.w, tolerances.float32.exact);
  backend.dispose();
  return { errors, isLost, isLostAfterwards: backend.isLost };
}
