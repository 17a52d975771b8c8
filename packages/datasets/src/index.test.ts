import { describe, expect, it } from 'vitest';
import * as main from './index.js';
import * as node from './node.js';

describe('public names', () => {
  it('of the main entry', () => {
    expect(Object.keys(main).sort()).toMatchInlineSnapshot(`
      [
        "DatasetError",
        "cifar10ClassNames",
        "clickThrough",
        "createRandom",
        "crossPolynomial",
        "datasets",
        "friedman",
        "glyphNames",
        "liftPolynomial",
        "loadDataset",
        "logicGate",
        "parity",
        "parseCifar10",
        "parseIdx",
        "parseLabelledImages",
        "polynomialSurface",
        "sliceSplit",
        "syntheticGlyphs",
        "twoSpirals",
      ]
    `);
  });

  it('of the node entry, beyond the main one', () => {
    const added = Object.keys(node).filter((name) => !(name in main));
    expect(added.sort()).toMatchInlineSnapshot(`
      [
        "cacheDirectory",
        "datasetDirectory",
        "downloadDataset",
        "downloadFile",
        "downloadSources",
        "fileDatasets",
        "loadDatasetFromDirectory",
        "readIdxFile",
      ]
    `);
    expect(Object.keys(main).filter((name) => !(name in node))).toEqual([]);
    expect(Object.keys(node.datasets)).toEqual([
      ...Object.keys(main.datasets),
      'mnist',
      'fashion-mnist',
      'cifar10',
    ]);
  });
});
