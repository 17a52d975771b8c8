/** @file The committed results: docs/benchmarks/<name>.json. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BenchReport, readBenchReport } from '@polyneuron/bench';
import { benchmarkRecipes } from './recipes.js';

export const docsFolder = fileURLToPath(new URL('../../../../../docs/', import.meta.url));

/** Reports by name of their recipe; what was not measured is absent. */
export function readResults(): Map<string, BenchReport> {
  const present = benchmarkRecipes.flatMap(({ name }) => {
    const file = join(docsFolder, 'benchmarks', `${name}.json`);
    return existsSync(file) ? [[name, readBenchReport(readFileSync(file, 'utf8'))] as const] : [];
  });
  return new Map(present);
}
