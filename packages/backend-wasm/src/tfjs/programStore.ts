import { type Program, print } from '@polyneuron/graph';
import type { HeapProgram } from './heapProgram.js';

interface Entry {
  readonly compiled: HeapProgram;
  lastUse: number;
  isLive: boolean;
}

/**
 * Compiled programs by their printed form; the one used longest ago leaves first. A program object that was seen before
 * is found by its identity, as printed forms run to many kilobytes and this is on the path of every kernel call.
 */
export class ProgramStore {
  readonly #entries = new Map<string, Entry>();
  #known = new WeakMap<Program, Entry>();
  readonly #capacity: number;
  readonly #compile: (program: Program) => HeapProgram;
  #clock = 0;

  constructor(capacity: number, compile: (program: Program) => HeapProgram) {
    this.#capacity = capacity;
    this.#compile = compile;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(program: Program): HeapProgram {
    const known = this.#known.get(program);
    const entry = known?.isLive ? known : this.#find(program);
    entry.lastUse = ++this.#clock;
    return entry.compiled;
  }

  clear(): void {
    for (const key of [...this.#entries.keys()]) this.#remove(key);
  }

  #find(program: Program): Entry {
    const key = print(program);
    const entry = this.#entries.get(key) ?? this.#add(key, program);
    this.#known.set(program, entry);
    return entry;
  }

  #add(key: string, program: Program): Entry {
    if (this.#entries.size >= this.#capacity) this.#remove(this.#oldestKey());
    const entry = { compiled: this.#compile(program), lastUse: 0, isLive: true };
    this.#entries.set(key, entry);
    return entry;
  }

  #oldestKey(): string {
    const [first, ...rest] = this.#entries;
    return rest.reduce((oldest, next) => (next[1].lastUse < oldest[1].lastUse ? next : oldest), first)[0];
  }

  #remove(key: string): void {
    const entry = this.#entries.get(key) as Entry;
    this.#entries.delete(key);
    entry.isLive = false;
    entry.compiled.dispose();
  }
}
