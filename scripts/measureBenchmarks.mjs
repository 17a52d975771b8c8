/**
 * Measures what docs/benchmarks.md shows, on this machine, and writes the page anew. After `npm run build`, on a machine
 * that does nothing else; some ten minutes.
 *
 *   node scripts/measureBenchmarks.mjs [--python COMMAND] [--only steps,gemm]
 *
 * A contender that is not here is listed on the page with the reason. Timings of single rounds are not kept: their
 * quantiles and intervals are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchmarkDocs } from '../apps/cli/dist/docs/benchmarks/benchmarkDocs.js';
import { readResults } from '../apps/cli/dist/docs/benchmarks/readResults.js';
import { benchmarkRecipes, commandOf } from '../apps/cli/dist/docs/benchmarks/recipes.js';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values } = parseArgs({ options: { python: { type: 'string' }, only: { type: 'string' } } });
const only = values.only?.split(',') ?? benchmarkRecipes.map(({ name }) => name);
const unknown = only.filter((name) => !benchmarkRecipes.some((recipe) => recipe.name === name));
if (unknown.length > 0)
  throw new Error(`--only knows ${benchmarkRecipes.map(({ name }) => name)}, got ${unknown}`);

mkdirSync(join(root, 'docs/benchmarks'), { recursive: true });
const failed = benchmarkRecipes
  .filter(({ name }) => only.includes(name))
  .filter((recipe) => !measure(recipe));
for (const [path, text] of benchmarkDocs(readResults())) {
  mkdirSync(dirname(join(root, 'docs', path)), { recursive: true });
  writeFileSync(join(root, 'docs', path), text);
}
console.error(`wrote docs/benchmarks.md${failed.map(({ name }) => `; ${name} was not measured`).join('')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** Whether there is a report: one with wrong results is one, which the page lists. */
function measure(recipe) {
  const started = performance.now();
  console.error(`${commandOf(recipe)}`);
  const file = join(root, 'docs/benchmarks', `${recipe.name}.json`);
  const fresh = `${file}.new`;
  const python = values.python === undefined ? [] : ['--python', values.python];
  const cli = join(root, 'apps/cli/dist/main.js');
  const bench = [cli, 'bench', ...recipe.arguments, ...python, '--json', fresh];
  const { status } = spawnSync(process.execPath, bench, { stdio: ['ignore', 'ignore', 'inherit'] });
  console.error(`  ended with ${status} after ${((performance.now() - started) / 1000).toFixed(0)} s`);
  if (!existsSync(fresh)) return false;
  const report = JSON.parse(readFileSync(fresh, 'utf8'));
  const results = report.results.map(({ timings: _, ...result }) => result);
  writeFileSync(file, `${JSON.stringify({ ...report, results }, null, 2)}\n`);
  rmSync(fresh);
  spawnSync('npx', ['biome', 'format', '--write', file], { cwd: root, stdio: 'ignore', shell: true });
  return results.length > 0;
}
