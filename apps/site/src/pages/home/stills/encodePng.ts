import { crc32, deflateSync } from 'node:zlib';

/** A square of opaque pixels (red in the lowest byte) as a PNG file. */
export function encodePng(pixels: Uint32Array, side: number): Buffer {
  const rows = Buffer.alloc(side * (1 + 3 * side));
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const pixel = pixels[row * side + column];
      const at = row * (1 + 3 * side) + 1 + 3 * column;
      rows[at] = pixel & 255;
      rows[at + 1] = (pixel >> 8) & 255;
      rows[at + 2] = (pixel >> 16) & 255;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // 8 bits, colour without alpha
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body) >>> 0, body.length + 4);
  return out;
}
