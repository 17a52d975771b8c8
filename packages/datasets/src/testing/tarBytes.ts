/** Bytes of a tar archive: ustar headers, contents padded to blocks, two zero blocks. A path that ends in / is a folder. */
export function tarBytes(entries: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [path, contents] of Object.entries(entries)) {
    const header = new Uint8Array(512);
    const write = (text: string, offset: number) => header.set(new TextEncoder().encode(text), offset);
    write(path, 0);
    write(contents.length.toString(8).padStart(11, '0'), 124);
    write(path.endsWith('/') ? '5' : '0', 156);
    write('ustar\u000000', 257);
    header.fill(0x20, 148, 156);
    write(
      `${header
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\u0000 `,
      148,
    );
    const padded = new Uint8Array(Math.ceil(contents.length / 512) * 512);
    padded.set(contents);
    blocks.push(header, padded);
  }
  blocks.push(new Uint8Array(1024));
  const bytes = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let offset = 0;
  for (const block of blocks) {
    bytes.set(block, offset);
    offset += block.length;
  }
  return bytes;
}
