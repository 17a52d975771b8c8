import { createWasmBackend } from '@polyneuron/backend-wasm';
import { Curve } from '../../../drawing/curve.js';
import { backendTable } from '../../../engine/backends/backendTable.js';
import { Session } from '../../../engine/session/session.js';
import { type Frame, type FromWorker, protocolVersion, type ToWorker } from '../../../protocol/messages.js';
import type { Settings } from '../../../state/settings.js';

export interface StillRun {
  readonly configured: Extract<FromWorker, { readonly kind: 'configured' }>;
  readonly start: Frame;
  readonly end: Frame;
  readonly curve: Curve;
}

/** Trains a duel to its end as the page's worker does, on one thread of WebAssembly, and keeps its first and last frame. */
export async function trainStill(settings: Settings): Promise<StillRun> {
  const curve = new Curve();
  const frames: Frame[] = [];
  let configured: StillRun['configured'] | undefined;
  const session = new Session({
    post: (message) => {
      if (message.kind === 'frame') {
        frames.push(message);
        curve.append(message.history);
        send({ kind: 'drawn', run: 1, buffers: [] });
      }
      if (message.kind === 'configured') configured = message;
      if (message.kind === 'done') ended();
      if (message.kind === 'error' || message.kind === 'diverged') failed(new Error(JSON.stringify(message)));
    },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => performance.now(),
    backends: { ...backendTable, wasm: { ...backendTable.wasm, open: async () => createWasmBackend() } },
  });
  const send = (message: ToWorker) => void session.receive(message);
  let ended = () => {};
  let failed = (_: Error) => {};
  const end = new Promise<void>((resolve, reject) => {
    ended = resolve;
    failed = reject;
  });
  const views = {
    grid: 96,
    extent: 1,
    weights: false,
    residuals: true,
    units: false,
    formula: true,
  } as const;
  send({ kind: 'init', version: protocolVersion, backend: 'wasm' });
  send({ kind: 'configure', run: 1, settings, views });
  await session.receive({ kind: 'pause', run: 1 });
  const [start] = frames;
  send({ kind: 'run', run: 1, speed: 'max' });
  await end;
  // The last picture comes after the word that the run ended
  await session.receive({ kind: 'set', run: 1, views });
  const last = frames.at(-1);
  if (!configured || !start || last?.step !== settings.stop)
    throw new Error(`internal: the still run ended at step ${last?.step} of ${settings.stop}`);
  await session.receive({ kind: 'dispose' });
  return { configured, start, end: last, curve };
}
