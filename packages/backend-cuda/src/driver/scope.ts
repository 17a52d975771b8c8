/**
 * Things to release, in the reverse order of their making, each exactly once.
 *
 * A release that fails stays, so that a later `dispose` tries it again; the others are done nevertheless.
 */
export class Scope {
  readonly #releases: (() => void)[] = [];

  get size(): number {
    return this.#releases.length;
  }

  /** Takes charge of something; the function returned releases it now. */
  add(release: () => void): () => void {
    this.#releases.push(release);
    return () => {
      if (this.#releases.includes(release)) this.#release(release);
    };
  }

  /** A scope that is released with this one, or by the function returned. */
  open(): readonly [Scope, () => void] {
    const inner = new Scope();
    return [inner, this.add(() => inner.dispose())];
  }

  /**
   * Does work with a scope of its own, which is released when the work fails, or by the function returned. What could
   * not be released stays in this scope: the error of the work says more.
   */
  guard<T>(work: (scope: Scope) => T): readonly [T, () => void] {
    const [inner, release] = this.open();
    try {
      return [work(inner), release];
    } catch (error) {
      try {
        release();
      } catch {
        throw error;
      }
      throw error;
    }
  }

  /** Throws the first error of a release, after all were tried. */
  dispose(): void {
    const errors: unknown[] = [];
    for (const release of [...this.#releases].reverse()) {
      try {
        this.#release(release);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  #release(release: () => void): void {
    release();
    this.#releases.splice(this.#releases.indexOf(release), 1);
  }
}
