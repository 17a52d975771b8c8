import type { Figure } from '@polyneuron/experiments';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { renderFigure } from './figure.js';

function draw(figure: Figure): Document {
  const { markup } = renderFigure(figure, { contenderNames: ['a', 'b'] });
  expect(markup).not.toMatch(
    /(?:d|x|y|x1|x2|y1|y2|cx|cy|width|height|transform)="[^"]*(?:NaN|Infinity|undefined)/,
  );
  return parseHTML(`<html><body>${markup}</body></html>`).document;
}

function textOf(document: Document, selector: string): string | null | undefined {
  return document.querySelector(selector)?.textContent;
}

describe('curves', () => {
  const base = { kind: 'curves', title: 'C', xLabel: 'step', yLabel: 'error', yScale: 'linear' } as const;
  const curves = (
    series: (Figure & { kind: 'curves' })['series'],
    yScale: 'linear' | 'log' = 'linear',
  ): Document => draw({ ...base, yScale, series });

  it('draws, labels and describes each series', () => {
    const document = curves([
      { name: 'relu', x: [0, 1, 2], y: [0, 1, 2] },
      { name: 'tanh', x: [0, 1, 2], y: [0, 0.76, 0.96] },
    ]);
    expect(document.querySelectorAll('[aria-label=line] path')).toHaveLength(2);
    expect(document.querySelectorAll('.legend li')).toHaveLength(2);
    const svg = document.querySelector('svg.plot')!;
    expect(svg.getAttribute('role')).toBe('img');
    expect(svg.getAttribute('aria-label')).toBe(
      'C. error over step. relu: 0 at first, 2.000 at step 2. tanh: 0 at first, 0.9600 at step 2.',
    );
    expect(
      Array.from(svg.querySelectorAll('[aria-label=text] text')).map((text) => text.textContent),
    ).toEqual(['relu', 'tanh']);
  });

  it('labels lines by letters where a name is long', () => {
    const [x, y] = [
      [0, 1],
      [0, 1],
    ];
    const document = curves([
      { name: 'quadDense autoencoder', x, y },
      { name: 'dense', x, y },
    ]);
    expect(
      Array.from(document.querySelectorAll('svg.plot [aria-label=text] text')).map(
        (text) => text.textContent,
      ),
    ).toEqual(['A', 'B']);
    expect(textOf(document, '.legend li')).toBe('AquadDense autoencoder');
  });

  it('breaks lines at values that are not finite, and says so', () => {
    const document = curves([{ name: 's', x: [0, 1, 2, 3, 4], y: [1, NaN, Infinity, 2, 3] }]);
    expect(document.querySelectorAll('[aria-label=line] path')).toHaveLength(1);
    expect(textOf(document, '.note')).toBe('Left out: 2 values that are not finite.');
  });

  it('draws a single point and a constant', () => {
    expect(curves([{ name: 's', x: [3], y: [7] }]).querySelectorAll('[aria-label=dot] circle')).toHaveLength(
      1,
    );
    expect(
      curves([{ name: 's', x: [1, 2], y: [7, 7] }]).querySelectorAll('[aria-label=line] path'),
    ).toHaveLength(1);
  });

  it('leaves values that are not positive out of a logarithmic scale', () => {
    const document = curves([{ name: 's', x: [0, 1, 2], y: [1, 0, 0.001] }], 'log');
    expect(textOf(document, '.note')).toBe('Left out of the logarithmic scale: 1 value not above zero.');
  });

  it('falls back to a linear scale where no value is positive', () => {
    const document = curves([{ name: 's', x: [0, 1], y: [0, -1] }], 'log');
    expect(document.querySelector('svg.plot')!.getAttribute('aria-label')).not.toContain('log scale');
  });

  it.each([
    ['no series', []],
    ['an empty series', [{ name: 's', x: [], y: [] }]],
    ['only NaN', [{ name: 's', x: [0, 1], y: [NaN, NaN] }]],
  ])('has a placeholder for %s', (_, series) => {
    expect(textOf(curves(series), '.placeholder')).toBe('Nothing to plot: no finite value.');
  });
});

describe('images', () => {
  const image = new Float32Array(4).fill(0.5);
  const rows = [
    { name: 'original', images: Array(7).fill(image) },
    { name: 'copy', images: Array(6).fill(image) },
  ];

  it('keeps corresponding images in blocks of five', () => {
    const document = draw({ kind: 'images', title: 'I', width: 2, height: 2, rows });
    expect(document.querySelectorAll('.block')).toHaveLength(2);
    expect(Array.from(document.querySelectorAll('img')).map((img) => img.getAttribute('alt'))).toEqual([
      'original: images 1 to 5 of 7',
      'copy: images 1 to 5 of 6',
      'original: images 6 to 7 of 7',
      'copy: image 6 of 6',
    ]);
  });

  it.each([
    ['no rows', 2, []],
    ['no images', 2, [{ name: 'r', images: [] }]],
    ['no pixels', 0, rows],
    ['a broken size', NaN, rows],
  ])('has a placeholder for %s', (_, width, some) => {
    const document = draw({ kind: 'images', title: 'I', width, height: 2, rows: some });
    expect(textOf(document, '.placeholder')).toBe('No images.');
  });
});

describe('boundary', () => {
  const points = [
    { x: 0, y: 0, isPositive: false },
    { x: 1, y: 1, isPositive: true },
    { x: 1, y: 0, isPositive: false },
  ];
  const boundary = (change: Partial<Figure & { kind: 'boundary' }>): Document =>
    draw({ kind: 'boundary', title: 'B', points, weight: [1, 1], bias: -1.5, ...change });

  it('draws both classes, the line and its equation', () => {
    const document = boundary({});
    expect(document.querySelectorAll('[aria-label=dot] circle')).toHaveLength(1);
    expect(document.querySelectorAll('[aria-label=dot] path')).toHaveLength(2);
    expect(document.querySelectorAll('[aria-label=line] path')).toHaveLength(2);
    expect(textOf(document, '.note')).toBe('Line: 1.000·x₀ + 1.000·x₁ − 1.500 = 0.');
    expect(document.querySelector('svg.plot')!.getAttribute('aria-label')).toContain(
      '1 positive point, 2 negative points',
    );
  });

  it('draws no line of zero or infinite weights', () => {
    for (const weight of [
      [0, 0],
      [NaN, 1],
      [1, Infinity],
    ] as const) {
      expect(textOf(boundary({ weight }), '.note')).toBe('No boundary: the weights are zero or not finite.');
    }
  });

  it('says that the line lies outside', () => {
    expect(textOf(boundary({ bias: 99 }), '.note')).toContain('It lies outside the picture.');
  });

  it('leaves out points that are not finite', () => {
    const document = boundary({ points: [...points, { x: NaN, y: 0, isPositive: true }] });
    expect(textOf(document, '.note')).toContain('Left out: 1 point without finite coordinates.');
  });

  it('draws one point, and has a placeholder for none', () => {
    expect(boundary({ points: points.slice(0, 1) }).querySelectorAll('svg.plot')).toHaveLength(1);
    expect(textOf(boundary({ points: [] }), '.placeholder')).toBe('Nothing to plot: no point.');
  });
});

describe('distributions', () => {
  const image = [0, 1, 1, 0];
  const distributions = (change: Partial<Figure & { kind: 'distributions' }>): Document =>
    draw({
      kind: 'distributions',
      title: 'D',
      width: 2,
      height: 2,
      classNames: ['cat', 'dog'],
      items: [
        { image, label: 0, probabilities: [0.75, 0.25] },
        { image, label: 0, probabilities: [0.25, 0.75] },
      ],
      ...change,
    });

  it('shows image, verdict and bars', () => {
    const document = distributions({});
    expect(Array.from(document.querySelectorAll('.verdict')).map((verdict) => verdict.textContent)).toEqual([
      'cat ✓ correct',
      'cat ✗ predicted dog',
    ]);
    expect(document.querySelectorAll('[aria-label=bar] rect')).toHaveLength(4);
    expect(document.querySelector('svg.plot')!.getAttribute('aria-label')).toBe(
      'Probabilities: cat 0.75, dog 0.25. The true class is cat.',
    );
    expect(document.querySelector('img')!.getAttribute('alt')).toBe('image of cat');
  });

  it('survives NaN, missing names and no probabilities', () => {
    const items = [
      { image, label: 5, probabilities: [NaN, 0.5, 0.5] },
      { image: [], label: 0, probabilities: [] },
    ];
    const document = distributions({ items });
    expect(Array.from(document.querySelectorAll('.verdict')).map((verdict) => verdict.textContent)).toEqual([
      'class 5 no prediction',
      'cat no prediction',
    ]);
  });

  it('shows the most probable of many classes and the true one', () => {
    const probabilities = Array.from({ length: 100 }, (_, index) => index / 4950);
    const document = distributions({ items: [{ image, label: 3, probabilities }] });
    expect(document.querySelectorAll('[aria-label=bar] rect')).toHaveLength(12);
    expect(document.querySelector('svg.plot')!.getAttribute('aria-label')).toContain(
      'class 3 0.00, class 89',
    );
  });

  it('has a placeholder for no image', () => {
    expect(textOf(distributions({ items: [] }), '.placeholder')).toBe('No images.');
    expect(textOf(distributions({ width: 0 }), '.placeholder')).toBe('No image.');
  });
});

describe('table', () => {
  it('writes whole numbers as counts and others as measures', () => {
    const document = draw({
      kind: 'table',
      title: 'T',
      columns: ['layer', 'parameters', 'loss'],
      rows: [['quadDense', 303600, 0.0123456], ['dense', 101200, NaN], ['ragged']],
    });
    expect(textOf(document, 'caption')).toBe('T');
    expect(Array.from(document.querySelectorAll('td')).map((cell) => cell.textContent)).toEqual([
      '303,600',
      '0.01235',
      '101,200',
      'NaN',
      '–',
      '–',
    ]);
    expect(document.querySelectorAll('td.numeric')).toHaveLength(6);
  });

  it('takes no rows and no columns', () => {
    expect(draw({ kind: 'table', title: 'T', columns: [], rows: [] }).querySelectorAll('table')).toHaveLength(
      1,
    );
  });
});

describe('matrix', () => {
  const matrix = (change: Partial<Figure & { kind: 'matrix' }>): Document =>
    draw({
      kind: 'matrix',
      title: 'M',
      label: 'strength',
      names: ['x0', 'x1'],
      values: [
        [2, 0.5],
        [0.5, 0],
      ],
      ...change,
    });
  const cellTexts = (document: Document): (string | null)[] =>
    Array.from(document.querySelectorAll('[aria-label=text] text')).map((text) => text.textContent);

  it('draws, names, numbers and describes each cell', () => {
    const document = matrix({});
    const cells = Array.from(document.querySelectorAll('[aria-label=cell] rect'));
    expect(cells.map((cell) => cell.getAttribute('fill'))).toEqual(
      [100, 25, 25, 0].map((share) => `color-mix(in srgb, var(--heat-high) ${share}.0%, var(--heat-zero))`),
    );
    expect(cellTexts(document)).toEqual(['2.0', '0.5', '0.5', '0']);
    const ticks = Array.from(document.querySelectorAll('[aria-label$="tick label"] text'));
    expect(ticks.map((tick) => tick.textContent)).toEqual(['x₀', 'x₁', 'x₀', 'x₁']);
    expect(document.querySelector('svg.plot')!.getAttribute('aria-label')).toBe(
      'M. strength. Strongest first: x0 with x0 2.000, x0 with x1 0.5000. The 1 other pair: at most 0.',
    );
    expect(textOf(document, '.scale')).toBe('strength02.000');
  });

  it('has a second hue for negative values', () => {
    const document = matrix({
      values: [
        [-3, 1],
        [1, 0],
      ],
    });
    expect(document.querySelector('[aria-label=cell] rect')!.getAttribute('fill')).toContain(
      'var(--heat-low) 100.0%',
    );
    expect(cellTexts(document)[0]).toBe('−3.0');
    expect(textOf(document, '.scale')).toBe('strength−3.0003.000');
  });

  it('names the five strongest pairs of many, and has no numbers above twelve features', () => {
    const names = Array.from({ length: 13 }, (_, at) => `x${at}`);
    const document = matrix({ names, values: names.map((_, i) => names.map((_, j) => i + j)) });
    expect(document.querySelectorAll('[aria-label=cell] rect')).toHaveLength(169);
    expect(cellTexts(document)).toEqual([]);
    expect(document.querySelector('svg.plot')!.getAttribute('aria-label')).toMatch(
      /: x12 with x12 24\.00, (?:x\d+ with x\d+ [\d.]+, ){3}x\d+ with x12 21\.00\. The 86 other pairs: at most 21\.00\.$/,
    );
  });

  it('survives zeros, NaN, missing rows and no feature', () => {
    expect(
      matrix({
        values: [
          [0, 0],
          [0, 0],
        ],
      })
        .querySelector('svg.plot')!
        .getAttribute('aria-label'),
    ).toContain('Every strength of x0, x1 is 0.');
    const broken = matrix({ values: [[1, NaN]] });
    expect(cellTexts(broken)).toEqual(['1.0', 'NaN', 'NaN', 'NaN']);
    expect(textOf(broken, '.note')).toBe('Without a colour: 1 value not finite.');
    expect(textOf(matrix({ names: [], values: [] }), '.placeholder')).toBe('Nothing to draw: no feature.');
  });
});

describe('polynomial', () => {
  const polynomial = (change: Partial<Figure & { kind: 'polynomial' }>): Document =>
    draw({
      kind: 'polynomial',
      title: 'P',
      variables: ['x0', 'x1'],
      learned: [
        { coefficient: 0.75, exponents: [1, 1] },
        { coefficient: -0.5, exponents: [0, 1] },
        { coefficient: 1e-6, exponents: [0, 0] },
      ],
      truth: [
        { coefficient: 1, exponents: [1, 1] },
        { coefficient: 2, exponents: [2, 0] },
      ],
      ...change,
    });
  const rows = (document: Document): (string | null)[][] =>
    Array.from(document.querySelectorAll('tbody tr')).map((row) =>
      Array.from(row.children).map((cell) => cell.textContent),
    );

  it('has learned and true coefficients of every term of either', () => {
    const document = polynomial({});
    expect(Array.from(document.querySelectorAll('.formula')).map((line) => line.textContent)).toEqual([
      'learnedy = 0.7500\u202fx₀·x₁ − 0.5000\u202fx₁',
      'truey = x₀·x₁ + 2\u202fx₀²',
    ]);
    expect(rows(document)).toEqual([
      ['x₀·x₁', '0.7500', '1.000', '−0.2500'],
      ['x₁', '−0.5000', '0', '−0.5000'],
      ['1', '1.000e−6', '0', '1.000e−6'],
      ['x₀²', '0', '2.000', '−2.000'],
    ]);
    expect(textOf(document, '.note')).toBe('The printed polynomial leaves out 1 term of at most 1.000e−6.');
  });

  it('has the learned coefficients alone where the law is unknown', () => {
    const learned = [{ coefficient: 3, exponents: [0, 2] }];
    const document = draw({ kind: 'polynomial', title: 'P', variables: ['x0', 'x1'], learned });
    expect(rows(document)).toEqual([['x₁²', '3.000']]);
    expect(document.querySelectorAll('.formula')).toHaveLength(1);
  });

  it('shows the largest of many terms, and says how many it leaves out', () => {
    const learned = Array.from({ length: 20 }, (_, at) => ({ coefficient: at + 1, exponents: [20 - at, 0] }));
    const document = polynomial({ learned, truth: [] });
    expect(rows(document).map(([term]) => term)).toEqual(
      Array.from(
        { length: 15 },
        (_, at) =>
          `x₀${['¹⁵', '¹⁴', '¹³', '¹²', '¹¹', '¹⁰', '⁹', '⁸', '⁷', '⁶', '⁵', '⁴', '³', '²', ''][at]}`,
      ),
    );
    expect(textOf(document, '.note')).toBe(
      'The printed polynomial leaves out 5 terms of at most 5.000. The table leaves out 5 terms of at most 5.000.',
    );
  });

  it('takes a polynomial without terms', () => {
    const document = polynomial({ learned: [], truth: [] });
    expect(textOf(document, '.formula')).toBe('learnedy = 0');
  });
});
