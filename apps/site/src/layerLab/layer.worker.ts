/** @file The worker of a layer page: one unit at a time, drawn, checked and measured on request. */
import { type Backend, createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend, probeSimd } from '@polyneuron/backend-wasm';
import { LayerLab } from './layerLab.js';
import type { FromLab, ToLab } from './messages.js';

const lab = new LayerLab(chooseBackend());

self.addEventListener('message', async ({ data }: MessageEvent<ToLab>) => {
  const { message, transfer } = await lab.answer(data);
  post(message, transfer);
});

function post(message: FromLab, transfer: Transferable[]): void {
  self.postMessage(message, { transfer });
}

/**
 * WebAssembly draws the surface of every layer in 1 to 10 ms; the interpreter takes 5 to 1300 ms, so it stands in only
 * where there is no SIMD. Gradients are always checked by the interpreter, in float64.
 */
function chooseBackend(): Backend {
  return probeSimd().simd ? createWasmBackend() : createReferenceBackend();
}
