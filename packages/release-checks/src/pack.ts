import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { root, type WorkspacePackage } from './workspace.js';

const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as {
  readonly packageManager: string;
};

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command to its end and returns what it printed. Throws with all that it printed when it fails. */
export function runCommand(
  command: string,
  args: readonly string[],
  { cwd = root, env = {} }: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const chunks = { out: '', error: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      chunks.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      chunks.error += text;
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) return resolve(chunks.out);
      const line = [command, ...args].join(' ');
      reject(new Error(`${line} ended with ${status} in ${cwd}\n${chunks.out}${chunks.error}`));
    });
  });
}

/** The workspace's own package manager, at its own version. */
export function runPnpm(args: readonly string[], options?: CommandOptions): Promise<string> {
  return runCommand('npx', ['--yes', packageManager, ...args], options);
}

/** The tarball that a release would publish, in a folder. */
export async function packPackage({ directory }: WorkspacePackage, folder: string): Promise<string> {
  const printed = await runPnpm(['pack', '--json', '--pack-destination', folder], { cwd: directory });
  return (JSON.parse(printed) as { readonly filename: string }).filename;
}
