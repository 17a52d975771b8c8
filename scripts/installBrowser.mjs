/**
 * Sees to a Chromium for the browser tests: the one that is there, else Debian's where this process may install it,
 * else Playwright's download. Where none can be had the tests are skipped, and say so; nothing fails here.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { findBrowser } from '../packages/browser-tests/dist/index.js';
import { root } from './setup.mjs';

const minute = 60_000;

function attempt(title, command, args) {
  console.log(`browser: ${title}`);
  const { status, error, stderr } = spawnSync(command, args, {
    timeout: 5 * minute,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status === 0) return true;
  console.log(
    `browser: that failed: ${error?.message ?? `${stderr}`.split('\n').find((line) => line.trim() !== '')}`,
  );
  return false;
}

function installFromDebian() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) return false;
  return (
    attempt("reading Debian's list of packages", 'apt-get', ['update', '-q']) &&
    attempt('installing Debian package chromium', 'apt-get', [
      'install',
      '-y',
      '-q',
      '--no-install-recommends',
      'chromium',
    ])
  );
}

function installFromPlaywright() {
  const playwright = createRequire(`${root}packages/browser-tests/package.json`).resolve(
    'playwright-core/package.json',
  );
  return attempt("downloading Playwright's Chromium", process.execPath, [
    playwright.replace(/package\.json$/, 'cli.js'),
    'install',
    'chromium',
  ]);
}

export function installBrowser() {
  if (findBrowser() || installFromDebian() || installFromPlaywright()) return;
  console.log('browser: no Chromium could be had here: browser tests will be skipped');
}
