/** @file The HTML report. */
import type { Report } from '../output/results.js';
import { renderPage } from './page.js';

/**
 * The report as one HTML page that needs nothing else: no request leaves it, no script runs in it. It is readable in light and
 * dark, on a phone and on paper. Every text of `report` is escaped, and no value in it, finite or not, breaks a picture.
 */
export function renderReport(report: Report): string {
  return renderPage(report).markup;
}
