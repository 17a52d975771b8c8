import { DatasetError } from '../errors.js';

const blockBytes = 512;

/**
 * Regular files of a tar archive, by path. As much of POSIX ustar as an archive of a few data files needs: the name
 * prefix is honoured, directories and other entries are passed over.
 *
 * Layout   per entry a header block of 512 bytes (name at 0, size in octal at 124, checksum in octal at 148, type at
 *          156, prefix at 345), then the contents padded to whole blocks; two zero blocks end the archive
 * Throws   DatasetError (BadFile): a header whose checksum does not fit, contents cut short, no end
 */
export function parseTar(
  bytes: Uint8Array,
  { file = 'tar bytes' }: { file?: string } = {},
): Map<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  let offset = 0;
  for (;;) {
    const header = bytes.subarray(offset, offset + blockBytes);
    if (header.length < blockBytes) {
      throw tarError(file, `a header of ${blockBytes} bytes at byte ${offset}`, `${header.length} bytes`);
    }
    if (header.every((byte) => byte === 0)) return entries;
    checkHeader(header, offset, file);
    const size = readOctal(header, 124, 12);
    const contents = bytes.subarray(offset + blockBytes, offset + blockBytes + size);
    const name = readText(header, 0, 100);
    const prefix = readText(header, 257, 5) === 'ustar' ? readText(header, 345, 155) : '';
    if (contents.length < size) throw tarError(file, `${size} bytes of ${name}`, `${contents.length}`);
    const type = header[156];
    if (type === 0 || type === 0x30) entries.set(prefix ? `${prefix}/${name}` : name, contents);
    offset += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
}

/** The checksum is the sum of the header's bytes with the checksum field itself read as spaces. */
function checkHeader(header: Uint8Array, offset: number, file: string): void {
  let sum = 0;
  for (let i = 0; i < blockBytes; i++) sum += i >= 148 && i < 156 ? 0x20 : header[i];
  const stored = readOctal(header, 148, 8);
  if (sum !== stored) throw tarError(file, `header checksum ${stored} at byte ${offset}`, `${sum}`);
}

function readOctal(header: Uint8Array, offset: number, length: number): number {
  const digits = readText(header, offset, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : 0;
}

function readText(header: Uint8Array, offset: number, length: number): string {
  const field = header.subarray(offset, offset + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function tarError(file: string, expected: string, received: string): DatasetError {
  const fix = 'the archive is damaged or cut short: delete it and download it again';
  return new DatasetError({ code: 'BadFile', subject: `tar file ${file}`, expected, received, fix });
}
