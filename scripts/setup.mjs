/**
 * Makes a clone ready to run: installs the locked dependencies and builds every package.
 * Needs Node >= 20.19 and the npm registry, nothing else; a second call costs about a second.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Runs a command in the workspace root with inherited output; ends this process when the command fails. */
export function runOrExit(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
  if (error) {
    console.error(`setup: could not start ${command}: ${error.message}`);
    process.exit(1);
  }
  if (status !== 0) process.exit(status ?? 1);
}

export function pnpm(...args) {
  runOrExit('npx', ['--yes', packageManager, ...args]);
}

function requireNode(major, minor) {
  const [haveMajor, haveMinor] = process.versions.node.split('.').map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  console.error(
    `Polyneuron needs Node >= ${major}.${minor}, this is ${process.versions.node}.\n\nFix: install a current Node from https://nodejs.org`,
  );
  process.exit(1);
}

export function setup() {
  requireNode(20, 19);
  pnpm('install', '--frozen-lockfile', '--prefer-offline');
  pnpm('exec', 'turbo', 'run', 'build', '--output-logs=errors-only');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) setup();
