/** @file Which layer passes which check: printed, and held to what the suites do. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { families, type LayerSpec, layers as records } from '@polyneuron/kernels';
import { hasGoldenFile, type LayerCheck, type LayerCheckName, layerChecks } from '@polyneuron/testing';
import { layers as tfjsLayers } from '@tensorflow/tfjs-layers';
import { afterAll, describe, expect, it } from 'vitest';
import { layerClasses } from './layerClasses.js';
import { coverageOf, formatCoverage } from './testing/coverage.js';

const wrapperSuite = 'packages/layers/src/testing/layerSuite.ts';
const root = fileURLToPath(new URL('../../../', import.meta.url));
const specs: readonly LayerSpec[] = Object.values(records);
const wrappers = new Map(
  layerClasses.map(({ className, spec }) => [spec.name as string, className as string]),
);
const stock = new Set(Object.keys(tfjsLayers).map(stockName));
const rows = specs.map((spec) => coverageOf({ spec, ...whyWithoutWrapper(spec.name) }));
const checks = Object.entries(layerChecks) as [LayerCheckName, LayerCheck][];

const sourceOf = (path: string) => {
  expect(existsSync(root + path), path).toBe(true);
  return readFileSync(root + path, 'utf8');
};

/** Folder of a record: its family. */
const familyOf = (name: string) =>
  Object.entries(families).find(([, family]) => Object.hasOwn(family, name))?.[0] as string;

/** A name as it compares with those of tfjs, where maxPool2d is maxPooling2d. */
function stockName(name: string): string {
  return name.toLowerCase().replace('pool2d', 'pooling2d');
}

function whyWithoutWrapper(name: string): { withoutWrapper?: string } {
  if (wrappers.has(name)) return {};
  return { withoutWrapper: stock.has(stockName(name)) ? 'tfjs has the layer itself' : 'NO WRAPPER' };
}

afterAll(() => console.log(formatCoverage(rows)));

describe('the coverage table', () => {
  it('has a row for every record and a mark or a reason in every cell', () => {
    expect(rows.map(({ layer }) => layer)).toEqual(Object.keys(records));
    for (const { layer, cells } of rows)
      for (const [name, { covered, samples, reasons }] of Object.entries(cells)) {
        const what = `${layer}, ${name}`;
        expect(samples, what).toBeGreaterThan(0);
        expect(reasons.length > 0, what).toBe(covered < samples);
      }
  });

  it('leaves no layer without a golden file', () => {
    expect(specs.filter(({ name }) => !hasGoldenFile(`layers/${name}`)).map(({ name }) => name)).toEqual([]);
  });

  it('runs every check in every suite that it names', () => {
    const runs = (path: string, name: string) =>
      new RegExp(`(?:appliesTo\\(|applies\\(|check\\(|check: )'${name}'`).test(sourceOf(path));
    for (const [name, { suites }] of checks) {
      expect(suites.length).toBeGreaterThan(0);
      for (const suite of suites)
        expect(runs(suite.includes('*') ? wrapperSuite : suite, name), `${name} in ${suite}`).toBe(true);
    }
  });

  it('has the suite of wrappers called for every wrapper', () => {
    for (const [name, className] of wrappers) {
      const path = `packages/layers/src/layers/${familyOf(name)}/${name}.test.ts`;
      expect(sourceOf(path), path).toContain(`testLayer(${className}, ${name}`);
    }
  });

  it('has a wrapper for every record, or tfjs has the layer', () => {
    const without = specs.filter(({ name }) => !wrappers.has(name)).map(({ name }) => name);
    expect(without.filter((name) => familyOf(name) !== 'stock' || !stock.has(stockName(name)))).toEqual([]);
  });
});

describe('formatCoverage', () => {
  it('marks full, partial and missing cells, and explains letters', () => {
    const spec = {
      name: 'probe',
      inputKind: 'image' as const,
      defaults: {},
      samples: [
        { config: { degree: 2 }, inputShapes: [[1]] },
        { config: {}, inputShapes: [[1]] },
      ],
      degree: (config: object) => ('degree' in config ? 2 : undefined),
      parameters: () => [],
    };
    const text = formatCoverage([coverageOf({ spec, withoutWrapper: 'of a test' })]);
    const [head, row] = text.split('\n').slice(2, 4);
    const mark = (title: string) => row.slice(head.indexOf(title)).split(' ')[0];
    expect([mark('golden'), mark('degree'), mark('ranks'), mark('leaks')]).toEqual(['●', '1/2', 'a', 'c']);
    expect(text).toContain('a    not applicable: takes a whole image');
    expect(text).toContain('c    not applicable: of a test');
  });
});
