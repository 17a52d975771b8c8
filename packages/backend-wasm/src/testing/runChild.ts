import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleSources } from './bundleSources.js';

export interface ChildResult {
  /** null when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `gc` at hand, and a young generation that does not grow: growing, it adds some 10 MB to the process at a time. */
const flags = ['--expose-gc', '--min-semi-space-size=1', '--max-semi-space-size=1'];

/** Runs a module of its own in a Node process of its own; a process that does not end is ended. */
export async function runChild(entry: string, limitSeconds: number): Promise<ChildResult> {
  const folder = await mkdtemp(join(tmpdir(), 'polyneuron-'));
  try {
    const file = join(folder, 'child.mjs');
    await writeFile(file, await bundleSources(entry));
    return await new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [...flags, file], {
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 1000 * limitSeconds,
        killSignal: 'SIGKILL',
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (text) => {
        stdout += text;
      });
      child.stderr.on('data', (text) => {
        stderr += text;
      });
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
