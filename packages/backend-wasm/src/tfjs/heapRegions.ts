import { ValueError } from '@polyneuron/graph';
import type { TfjsWasmBackend } from './tfjsWasmBackend.js';

const alignment = 64;
const megabyte = 2 ** 20;
/** Smallest arena, so that the first programs do not replace it one after the other. */
const arenaBytes = 2 ** 16;

/** A run of bytes of the tfjs heap; `start` is a multiple of 64. */
interface Block {
  readonly start: number;
  readonly bytes: number;
  free(): void;
}

/** Scratch memory that the programs which were compiled against it share. */
interface Arena extends Block {
  users: number;
}

/** What one compiled program holds of the heap. */
export interface HeapRegion {
  allocate(bytes: number, use: 'kept' | 'scratch'): number;
  /** Gives everything back; call it once. */
  free(): void;
}

/**
 * Memory for compiled programs in the heap of a tfjs backend.
 *
 * Programs run one at a time and keep nothing in their scratch memory, so they share one arena. Its address is part of
 * their code: an arena that has become too small is replaced by one of at least twice the size for the programs to
 * come, and freed when the last program that uses it is. All arenas together are at most twice the largest.
 */
export class HeapRegions {
  #arena: Arena | undefined;
  readonly #backend: TfjsWasmBackend;

  constructor(backend: TfjsWasmBackend) {
    this.#backend = backend;
  }

  /** `subject` names the program in errors. */
  open(subject: string): HeapRegion {
    const blocks: Block[] = [];
    const arenas = new Set<Arena>();
    return {
      allocate: (bytes, use) => {
        if (use === 'kept') {
          const block = this.#allocate(bytes, subject);
          blocks.push(block);
          return block.start;
        }
        const arena = this.#arenaOf(bytes, subject);
        if (!arenas.has(arena)) arena.users++;
        arenas.add(arena);
        return arena.start;
      },
      free: () => {
        for (const block of blocks) block.free();
        for (const arena of arenas) this.#release(arena);
      },
    };
  }

  #arenaOf(bytes: number, subject: string): Arena {
    const known = this.#arena;
    if (known && known.bytes >= bytes) return known;
    const size = Math.max(bytes, known ? 2 * known.bytes : arenaBytes);
    const arena = { ...this.#allocate(size, subject), users: 0 };
    this.#arena = arena;
    return arena;
  }

  #release(arena: Arena): void {
    arena.users--;
    if (arena.users > 0) return;
    if (this.#arena === arena) this.#arena = undefined;
    arena.free();
  }

  #allocate(bytes: number, subject: string): Block {
    const { wasm } = this.#backend;
    const size = bytes + alignment;
    // malloc takes an unsigned int32 and returns a signed one
    const address = size < 2 ** 32 ? wasm._malloc(size) >>> 0 : 0;
    if (address === 0) {
      throw new ValueError({
        subject: `${subject} on tfjs wasm`,
        expected: 'memory that the heap of tfjs can give, 4 GiB at most with all tensors',
        received: `a need of ${Math.ceil(bytes / megabyte)} MiB more`,
        fix: 'use a smaller batch, or dispose tensors that are no longer needed',
      });
    }
    return {
      start: Math.ceil(address / alignment) * alignment,
      bytes,
      free: () => wasm._free(address),
    };
  }
}
