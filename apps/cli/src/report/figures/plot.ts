/** @file Runs Observable Plot without a browser and hands back accessible SVG that takes its colours from the page. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { type Html, html, trustedMarkup } from '../html.js';

/**
 * Draws a plot as an inline image. `description` says in words what it shows, and stands for it where it cannot be seen.
 *
 * Size is the natural one in pixels; the style sheet shrinks the picture, never its font below what it sets.
 */
export function drawPlot(options: Plot.PlotOptions, description: string): Html {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const svg = Plot.plot({ ...options, document, className: 'plot' });
  // The style sheet of the page has these rules once for all plots.
  svg.querySelectorAll('style').forEach((style) => {
    style.remove();
  });
  // linkedom leaves & in attributes as it is, so the description is inserted by `html`.
  return html`<svg role="img" aria-label="${description}"${trustedMarkup(svg.outerHTML.slice('<svg'.length))}
`;
}
