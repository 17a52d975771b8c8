/** @file Publishes every package to a registry of this machine, then uses them as strangers do. */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser, hasBrowser, softwareFlags } from '@polyneuron/browser-tests';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, runPnpm } from './pack.js';
import { type LocalRegistry, publishAll, startRegistry } from './registry.js';
import { serveFolder } from './serveFolder.js';
import { entryPoints, publicPackages } from './workspace.js';

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'polyneuron-install-'));
let registry: LocalRegistry;

beforeAll(async () => {
  registry = await startRegistry(join(folder, 'registry'));
  await publishAll(registry);
}, 300_000);
afterAll(async () => {
  await registry?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A fresh project with what its package.json asks for, installed from the registry. */
async function install(name: string): Promise<string> {
  const project = join(folder, name);
  cpSync(join(fixtures, name), project, { recursive: true });
  await runCommand('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: project,
    env: registry.env,
  });
  return project;
}

function expectFallingLoss(printed: string): void {
  const losses = JSON.parse(printed) as readonly number[];
  expect(losses).toHaveLength(3);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(losses[2]).toBeLessThan(losses[0]);
}

describe('every package alone, with what it declares', () => {
  it('loads from a layout that offers nothing else', async () => {
    const project = join(folder, 'alone');
    const packages = publicPackages();
    // Strict: a package sees its own dependencies and peers, whatever else is installed beside it
    cpSync(join(fixtures, 'alone'), project, { recursive: true });
    const dependencies = Object.fromEntries(packages.map(({ name }) => [name, '*']));
    writeFileSync(
      join(project, 'package.json'),
      JSON.stringify({ private: true, type: 'module', dependencies }),
    );
    await runPnpm(['install', '--ignore-workspace', '--ignore-scripts', '--prefer-offline'], {
      cwd: project,
      env: registry.env,
    });
    const specifiers = packages.flatMap(entryPoints).map(({ specifier }) => specifier);
    const program = `
      const loaded = {};
      for (const specifier of ${JSON.stringify(specifiers)}) loaded[specifier] = Object.keys(await import(specifier)).length;
      console.log(JSON.stringify(loaded));
    `;
    const printed = await runCommand(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: project,
    });
    const loaded = JSON.parse(printed.split('\n').find((line) => line.startsWith('{'))!) as Record<
      string,
      number
    >;
    expect(Object.keys(loaded)).toEqual(specifiers);
    expect(Object.values(loaded).every((count) => count > 0)).toBe(true);
  }, 300_000);
});

describe('an installed release trains', () => {
  it('in Node, and its command line reproduces the experiments', async () => {
    const project = await install('node');
    const printed = await runCommand(process.execPath, ['train.js'], { cwd: project });
    expectFallingLoss(printed.split('\n').find((line) => line.startsWith('['))!);
    await runCommand('npx', ['polyneuron', 'reproduce', '--quick', '--out', 'report'], { cwd: project });
    expect(readdirSync(join(project, 'report'))).toContain('index.html');
  }, 300_000);

  it('in TypeScript under nodenext', async () => {
    const project = await install('nodenext');
    await runCommand('npx', ['tsc'], { cwd: project });
    // Declarations of tfjs 4.22 have errors of their own, ours must have none
    const checked = await runCommand('npx', ['tsc', '--noEmit', '--skipLibCheck', 'false'], {
      cwd: project,
    }).catch(String);
    expect(checked.split('\n').filter((line) => line.includes('@polyneuron/'))).toEqual([]);
    const printed = await runCommand(process.execPath, ['built/train.js'], { cwd: project });
    expectFallingLoss(printed.split('\n').find((line) => line.startsWith('['))!);
  }, 300_000);
});

describe.skipIf(!hasBrowser('installed packages in a page'))('an installed release trains in a page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findBrowser()!, args: [...softwareFlags] });
  });
  afterAll(() => browser?.close());

  async function trainedIn(site: string): Promise<string> {
    const server = await serveFolder(site);
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(server.origin);
    await page
      .waitForFunction("document.title !== 'training'", undefined, { timeout: 60_000 })
      .catch((error) => {
        throw new Error(`${error}\n${errors.join('\n')}`);
      });
    const title = await page.title();
    await page.close();
    await server.close();
    return title;
  }

  it('bundled by Vite', async () => {
    const project = await install('vite');
    await runCommand('npx', ['vite', 'build', '--logLevel', 'warn'], { cwd: project });
    expectFallingLoss(await trainedIn(join(project, 'dist')));
  }, 300_000);

  it('through a script tag and an import map, without a bundler', async () => {
    expectFallingLoss(await trainedIn(await install('importMap')));
  }, 300_000);
});
