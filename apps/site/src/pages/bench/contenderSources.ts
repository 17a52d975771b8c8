/** @file The source text of what each contender runs, read when the site is built: that of the bundle. */
import { InternalError } from '@polyneuron/graph';

const files: Readonly<Record<string, string>> = import.meta.glob<string>(
  [
    '../../../../../packages/bench/src/**/*.ts',
    '!../../../../../packages/bench/src/**/*.test.ts',
    '../../benchLab/contenders.ts',
  ],
  { query: '?raw', import: 'default', eager: true },
);

export interface SourceFile {
  /** In the repository. */
  readonly path: string;
  readonly text: string;
}

/** Sides of the comparison: both contenders of a side run the same code on other backends. */
export const sourceSides = ['ours', 'stock'] as const;
export type SourceSide = (typeof sourceSides)[number];

const entries: { readonly [S in SourceSide]: string } = {
  ours: 'packages/bench/src/contenders/programContender.ts',
  stock: 'packages/bench/src/peers/tfjs/tfjsContender.ts',
};

/** Makes the cases: data, float64 reference, names. */
const shared = 'packages/bench/src/programs/openCase.ts';

/** Who takes part, and with which options. */
export function contenderTable(): SourceFile {
  return fileAt('apps/site/src/benchLab/contenders.ts');
}

/** What a side times: its contender and every file that this imports, but those that both sides share. */
export function sourcesOf(side: SourceSide): readonly SourceFile[] {
  const others = [shared, ...sourceSides.filter((one) => one !== side).map((one) => entries[one])];
  const notOwn = new Set(others.flatMap(reachedFrom));
  return reachedFrom(entries[side])
    .filter((path) => !notOwn.has(path))
    .map(fileAt);
}

/** Paths in the order in which they are first imported; types are no part of what runs. */
function reachedFrom(entry: string): readonly string[] {
  const reached = new Set([entry]);
  for (const path of reached)
    for (const [, kind, target] of fileAt(path).text.matchAll(
      /^(import type|import|export)\b[^;]*? from '(\.[^']*)'/gm,
    ))
      if (kind !== 'import type') reached.add(resolve(path, target.replace(/\.js$/, '.ts')));
  return [...reached];
}

function resolve(from: string, target: string): string {
  return new URL(target, `file:///${from}`).pathname.slice(1);
}

function fileAt(path: string): SourceFile {
  const found = Object.entries(files).find(([name]) => path.endsWith(name.replace(/^(\.\.\/)+/, '')));
  if (!found) throw new InternalError(`the build has no source file ${path}`);
  return { path, text: found[1] };
}
