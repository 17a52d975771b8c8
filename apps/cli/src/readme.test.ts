import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const here = join(root, 'apps/cli');
const isBuilt = existsSync(join(here, 'dist/main.js'));
if (!isBuilt) console.warn('SKIPPED: the example of the root README, which needs a build (npm run setup)');

describe.skipIf(!isBuilt)('the README at the root', () => {
  it('has an example that runs as it stands', async () => {
    const [, example] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
    const folder = mkdtempSync(join(here, 'dist/readme-'));
    try {
      const file = join(folder, 'example.mjs');
      writeFileSync(file, `${example}\nconsole.log(JSON.stringify(history.loss));\nprocess.exit(0);\n`);
      const { stdout } = await promisify(execFile)(process.execPath, [file]);
      const losses = JSON.parse(stdout.trim().split('\n').at(-1) as string) as number[];
      expect(losses).toHaveLength(10);
      expect(losses[9]).toBeLessThan(losses[0]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
