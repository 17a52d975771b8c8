import { type Program, print } from '@polyneuron/graph';

export interface ProgramCacheOptions<T> {
  /** Entries kept; the one used longest ago leaves first. default 128 */
  readonly capacity?: number;
  /** Called for each value that leaves. */
  readonly release?: (value: T) => void;
}

/**
 * What a backend made of a program, by the program's printed form: programs that print alike share an entry.
 *
 * A program object that was seen before is found without printing it again.
 */
export class ProgramCache<T> {
  readonly #capacity: number;
  readonly #release: (value: T) => void;
  /** In order of last use, which is the insertion order of a Map. */
  readonly #entries = new Map<string, T>();
  readonly #printed = new WeakMap<Program, string>();

  constructor({ capacity = 128, release = () => {} }: ProgramCacheOptions<T> = {}) {
    this.#capacity = capacity;
    this.#release = release;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The entry of the program, made on first use; `variant` tells apart what depends on more than the program. */
  get(program: Program, create: (program: Program) => T, variant = ''): T {
    const key = `${variant}\n${this.#print(program)}`;
    const known = this.#entries.get(key);
    const value = known ?? create(program);
    if (known !== undefined) this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#capacity) this.#evictOldest();
    return value;
  }

  clear(): void {
    for (const value of this.#entries.values()) this.#release(value);
    this.#entries.clear();
  }

  #print(program: Program): string {
    const known = this.#printed.get(program);
    if (known !== undefined) return known;
    const text = print(program);
    this.#printed.set(program, text);
    return text;
  }

  #evictOldest(): void {
    const [oldest] = this.#entries;
    this.#entries.delete(oldest[0]);
    this.#release(oldest[1]);
  }
}
