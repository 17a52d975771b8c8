/** Arrays of frames that came back from the page, by size. */
export class BufferPool {
  private readonly free = new Map<number, ArrayBuffer[]>();
  private readonly most: number;

  /** `most` buffers of one size are kept. */
  constructor(most: number) {
    this.most = most;
  }

  /** An array of any content. */
  take(length: number): Float32Array<ArrayBuffer> {
    const bytes = length * Float32Array.BYTES_PER_ELEMENT;
    return new Float32Array(this.free.get(bytes)?.pop() ?? new ArrayBuffer(bytes));
  }

  give(buffers: readonly ArrayBuffer[]): void {
    for (const buffer of buffers) {
      // A buffer that was transferred again has no bytes
      if (buffer.byteLength === 0) continue;
      const kept = this.free.get(buffer.byteLength) ?? [];
      if (kept.length < this.most) kept.push(buffer);
      this.free.set(buffer.byteLength, kept);
    }
  }

  clear(): void {
    this.free.clear();
  }
}
