import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireWritableFile, writeFileAtomically } from './outputFile.js';
import { toJson } from './reportJson.js';
import { requireWritable } from './requireWritable.js';
import type { Report } from './results.js';
import { writeAtomically } from './writeAtomically.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'polyneuron-output-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Snapshots must not hold the name of a temporary directory. */
function messageOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message.replaceAll(directory, 'DIR');
  }
  return 'nothing was thrown';
}

describe('requireWritable', () => {
  // /proc accepts no new directory whatever its permissions say, and `mkdir -p` of Node never returns there
  it.runIf(process.platform === 'linux')('rejects a file system that takes no directory', () => {
    expect(() => requireWritable('/proc/nope', '--out')).toThrowErrorMatchingInlineSnapshot(`
      [OutputError: --out expected a directory that can be written at '/proc/nope', got '/proc', which cannot be written (ENOENT).

      Fix: pass another directory: --out DIR]
    `);
  });

  it('accepts a directory that is there, and one that is not yet', () => {
    requireWritable(directory, '--out');
    requireWritable(join(directory, 'a', 'b'), '--out');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('rejects an empty name', () => {
    expect(() => requireWritable('', '--save')).toThrowErrorMatchingInlineSnapshot(`
      [OutputError: --save expected a directory that can be written, got an empty name.

      Fix: name one, '.' for this one: --save DIR]
    `);
  });

  it('rejects a file in the place of the directory', () => {
    writeFileSync(join(directory, 'file'), '');
    expect(messageOf(() => requireWritable(join(directory, 'file'), '--out'))).toMatchInlineSnapshot(`
      "--out expected a directory that can be written at 'DIR/file', got 'DIR/file', which is a file.

      Fix: pass another directory: --out DIR"
    `);
  });

  it('rejects a file in the place of an ancestor', () => {
    writeFileSync(join(directory, 'file'), '');
    expect(
      messageOf(() => requireWritable(join(directory, 'file', 'report'), '--out')),
    ).toMatchInlineSnapshot(`
      "--out expected a directory that can be written at 'DIR/file/report', got 'DIR/file', which is a file.

      Fix: pass another directory: --out DIR"
    `);
  });
});

describe('writeAtomically', () => {
  it('writes all files, into a directory that it makes', () => {
    const out = join(directory, 'new', 'report');
    writeAtomically(out, { 'a.json': '{}', 'b.bin': Uint8Array.of(1, 2, 3) }, '--out');
    expect(readdirSync(out).sort()).toEqual(['a.json', 'b.bin']);
    expect(readFileSync(join(out, 'b.bin'))).toEqual(Buffer.from([1, 2, 3]));
  });

  it('replaces what is there', () => {
    writeAtomically(directory, { 'a.json': 'old and longer' }, '--out');
    writeAtomically(directory, { 'a.json': 'new' }, '--out');
    expect(readFileSync(join(directory, 'a.json'), 'utf8')).toBe('new');
  });

  it('leaves nothing behind when a rename fails, and keeps the directory in the way', () => {
    mkdirSync(join(directory, 'a.json', 'full'), { recursive: true });
    const message = messageOf(() => writeAtomically(directory, { 'a.json': '{}' }, '--out'));
    expect(message).toMatch(
      /^--out expected a directory that can be written at 'DIR', got an error of the file system/,
    );
    expect(readdirSync(directory)).toEqual(['a.json']);
    expect(existsSync(join(directory, 'a.json', 'full'))).toBe(true);
  });
});

describe('toJson', () => {
  it('leaves figures out and keeps numbers that JSON lacks', () => {
    const report = {
      version: '1',
      environment: {},
      experiments: [
        { id: 'cross', figures: [{}], contenders: [{ metrics: { test: { mse: Number.NaN, rmse: 1 } } }] },
      ],
    } as unknown as Report;
    expect(toJson(report)).toEqual({
      version: '1',
      environment: {},
      experiments: [{ id: 'cross', contenders: [{ metrics: { test: { mse: 'NaN', rmse: 1 } } }] }],
    });
  });
});

describe('output files', () => {
  it('follows a link, which stays', () => {
    writeFileSync(join(directory, 'real'), 'first');
    symlinkSync('real', join(directory, 'link'));
    writeFileAtomically(join(directory, 'link'), 'second', '--json');
    expect(readFileSync(join(directory, 'real'), 'utf8')).toBe('second');
    expect(lstatSync(join(directory, 'link')).isSymbolicLink()).toBe(true);
    expect(readdirSync(directory).sort()).toEqual(['link', 'real']);
  });

  // Stands for /dev/null and /dev/stdout, which a rename would replace
  it.skipIf(process.platform === 'win32')('writes into a pipe, which stays', () => {
    const pipe = join(directory, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    try {
      requireWritableFile(pipe, '--json');
      writeFileAtomically(pipe, 'report', '--json');
      const bytes = Buffer.alloc(6);
      expect(readSync(reader, bytes)).toBe(6);
      expect(bytes.toString()).toBe('report');
    } finally {
      closeSync(reader);
    }
    expect(lstatSync(pipe).isFIFO()).toBe(true);
  });

  it('writes and replaces a file, in a directory that it makes', () => {
    const path = join(directory, 'new', 'a.json');
    for (const content of ['first', 'second']) {
      requireWritableFile(path, '--json');
      writeFileAtomically(path, content, '--json');
    }
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect(readdirSync(join(directory, 'new'))).toEqual(['a.json']);
  });

  it('rejects a directory', () => {
    expect(messageOf(() => requireWritableFile(directory, '--json'))).toMatchInlineSnapshot(`
      "--json expected the name of a file, got 'DIR', which is a directory.

      Fix: name a file in it: --json DIR/FILE"
    `);
  });

  it('rejects a file in the place of its directory', () => {
    writeFileSync(join(directory, 'file'), '');
    expect(
      messageOf(() => requireWritableFile(join(directory, 'file', 'a.json'), '--json')),
    ).toMatchInlineSnapshot(`
      "--json expected a directory that can be written at 'DIR/file', got 'DIR/file', which is a file.

      Fix: pass another directory: --json DIR/FILE"
    `);
  });
});
