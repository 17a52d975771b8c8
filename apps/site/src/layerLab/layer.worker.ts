/** @file The worker of a layer page: one unit at a time, drawn, checked and measured on request. */
import { type Backend, createReferenceBackend } from '@polyneuron/backend';
import { createWasmBackend, probeSimd } from '@polyneuron/backend-wasm';
import { LayerLab } from './layerLab.js';
import type { ToLab } from './messages.js';

const lab = new LayerLab(chooseBackend());

self.addEventListener('message', ({ data }: MessageEvent<ToLab>) => {
  // What is no answer is an error of ours: it reaches the page as the worker's error
  lab.answer(data).then(({ message, transfer }) => self.postMessage(message, { transfer }), reportError);
});

/**
 * WebAssembly draws the surface of every layer in 1 to 10 ms; the interpreter takes 5 to 1300 ms, so it stands in only
 * where there is no SIMD. Gradients are always checked by the interpreter, in float64.
 */
function chooseBackend(): Backend {
  return probeSimd().simd ? createWasmBackend() : createReferenceBackend();
}
