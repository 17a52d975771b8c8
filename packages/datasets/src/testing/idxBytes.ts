/** Bytes of an IDX file from its element type, dimensions and big-endian data. */
export function idxBytes(type: number, shape: readonly number[], data: ArrayLike<number>): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * shape.length));
  header.setUint8(2, type);
  header.setUint8(3, shape.length);
  shape.forEach((n, d) => {
    header.setUint32(4 + 4 * d, n);
  });
  return Uint8Array.from([...new Uint8Array(header.buffer), ...Array.from(data)]);
}
