import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const fullDisk = '/dev/full';
const canRun = existsSync(main) && existsSync(fullDisk);
if (!canRun) console.warn(`SKIPPED: the test of standard output needs ${main} and ${fullDisk}`);

describe.skipIf(!canRun)('standard output on a full disk', () => {
  it('ends in an error of the house form, without a stack', () => {
    const full = openSync(fullDisk, 'w');
    try {
      const stdio = ['ignore', full, 'pipe'] as const;
      const { status, stderr } = spawnSync(process.execPath, [main, 'layers'], {
        stdio: [...stdio],
        encoding: 'utf8',
      });
      expect(status).toBe(1);
      expect(stderr).toMatchInlineSnapshot(`
        "OutputError: polyneuron expected a standard output that takes what it prints, got an error of the file system (ENOSPC).

        Fix: make room where it is redirected to
        "
      `);
    } finally {
      closeSync(full);
    }
  });
});
