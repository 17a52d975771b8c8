/** Growing run of bytes with the encodings that WebAssembly uses. */
export class Bytes {
  private data = new Uint8Array(256);
  private used = 0;

  get length(): number {
    return this.used;
  }

  byte(value: number): this {
    this.reserve(1);
    this.data[this.used++] = value;
    return this;
  }

  bytes(values: ArrayLike<number>): this {
    this.reserve(values.length);
    this.data.set(values, this.used);
    this.used += values.length;
    return this;
  }

  /** Unsigned LEB128. */
  unsigned(value: number): this {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  /** Signed LEB128 of an int32. */
  signed(value: number): this {
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  float32(value: number): this {
    return this.bytes(new Uint8Array(Float32Array.of(value).buffer));
  }

  float64(value: number): this {
    return this.bytes(new Uint8Array(Float64Array.of(value).buffer));
  }

  /** Length, then the UTF-8 bytes. */
  text(value: string): this {
    const encoded = new TextEncoder().encode(value);
    return this.unsigned(encoded.length).bytes(encoded);
  }

  /** Length, then the bytes of another run. */
  nested(inner: Bytes): this {
    return this.unsigned(inner.length).bytes(inner.toUint8Array());
  }

  toUint8Array(): Uint8Array<ArrayBuffer> {
    return this.data.slice(0, this.used);
  }

  private reserve(extra: number): void {
    if (this.used + extra <= this.data.length) return;
    const grown = new Uint8Array(Math.max(this.data.length * 2, this.used + extra));
    grown.set(this.data.subarray(0, this.used));
    this.data = grown;
  }
}
