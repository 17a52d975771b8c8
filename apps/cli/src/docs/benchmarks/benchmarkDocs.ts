import type { BenchReport } from '@polyneuron/bench';
import { benchmarksPage } from './benchmarksPage.js';
import { drawRatios } from './ratioFigure.js';
import { benchmarkRecipes } from './recipes.js';

/** Every generated file of docs that comes from results, by path within docs: the page and a figure per result file. */
export function benchmarkDocs(results: ReadonlyMap<string, BenchReport>): Map<string, string> {
  const figures = benchmarkRecipes.flatMap(({ name, title }) => {
    const report = results.get(name);
    const svg = report && drawRatios(report, title);
    return svg === undefined ? [] : [{ name, svg }];
  });
  return new Map([
    ...figures.map(({ name, svg }) => [`benchmarks/${name}.svg`, svg] as const),
    ['benchmarks.md', benchmarksPage(results, new Set(figures.map(({ name }) => name)))] as const,
  ]);
}
