import type { Contender } from '@polyneuron/experiments';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { html } from '../html.js';
import { renderLearning } from './learning.js';

function draw(...histories: readonly Contender['history'][]): Document {
  const contenders = histories.map((history, index): Contender => {
    const metrics = { train: {}, test: {} };
    return { name: `contender ${index}`, parameters: 1, epochs: 1, seconds: 1, metrics, history };
  });
  return parseHTML(`<html><body>${html`${renderLearning(contenders)}`.markup}</body></html>`).document;
}

function captions(document: Document): readonly (string | null)[] {
  return Array.from(document.querySelectorAll('figcaption')).map((caption) => caption.textContent);
}

function descriptions(document: Document): readonly (string | null)[] {
  return Array.from(document.querySelectorAll('svg.plot')).map((svg) => svg.getAttribute('aria-label'));
}

describe('renderLearning', () => {
  it('puts training beside validation, loss first', () => {
    const document = draw({ accuracy: [0.5, 0.6], loss: [2, 1], val_loss: [3, 2] }, { loss: [2, 1.5] });
    expect(captions(document)).toEqual(['loss by epoch', 'accuracy by epoch']);
    expect(document.querySelectorAll('figure.full svg.plot')).toHaveLength(2);
    expect(document.querySelectorAll('figure.half svg.plot')).toHaveLength(1);
    expect(document.querySelectorAll('figure.full [aria-label=line] path')).toHaveLength(3);
  });

  it('shows a validation history without its training history', () => {
    expect(captions(draw({ val_loss: [3, 2] }))).toEqual(['loss by epoch']);
  });

  it('is logarithmic where the values span more than two decades', () => {
    expect(descriptions(draw({ loss: [1, 0.5, 0.001] }))[0]).toContain('(log scale)');
    expect(descriptions(draw({ loss: [1, 0.5, 0.1] }))[0]).not.toContain('log scale');
  });

  it('draws one epoch as a dot', () => {
    const document = draw({ loss: [0.5] });
    expect(document.querySelectorAll('[aria-label=dot] circle')).toHaveLength(1);
    const ticks = Array.from(document.querySelectorAll('[aria-label="x-axis tick label"] text'));
    expect(ticks.map((tick) => tick.textContent)).toEqual(['1']);
  });

  it('survives a loss that becomes NaN, and one that always was', () => {
    const document = draw({ loss: [1, 0.5, NaN, NaN] }, { loss: [NaN] });
    expect(document.querySelectorAll('[aria-label=line] path')).toHaveLength(1);
    expect(document.querySelector('.note')!.textContent).toBe('Left out: 3 values that are not finite.');
  });

  it('is empty where there is no history', () => {
    expect(draw().body.textContent).toBe('');
    expect(draw({}, { loss: [] }).body.textContent).toBe('');
  });
});
