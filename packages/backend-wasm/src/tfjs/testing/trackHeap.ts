import { vi } from 'vitest';
import type { TfjsWasmBackend } from '../tfjsWasmBackend.js';

export interface HeapTrack {
  /** Blocks taken since tracking began and not given back. */
  readonly live: ReadonlyMap<number, number>;
  readonly liveBytes: () => number;
  readonly stop: () => void;
}

/** Follows every malloc and free of a tfjs backend. */
export function trackHeap({ wasm }: TfjsWasmBackend): HeapTrack {
  const live = new Map<number, number>();
  const [malloc, free] = [wasm._malloc.bind(wasm), wasm._free.bind(wasm)];
  const spies = [
    vi.spyOn(wasm, '_malloc').mockImplementation((bytes) => {
      const address = malloc(bytes);
      live.set(address >>> 0, bytes);
      return address;
    }),
    vi.spyOn(wasm, '_free').mockImplementation((address) => {
      live.delete(address >>> 0);
      free(address);
    }),
  ];
  return {
    live,
    liveBytes: () => [...live.values()].reduce((sum, bytes) => sum + bytes, 0),
    stop: () => {
      for (const spy of spies) spy.mockRestore();
    },
  };
}
