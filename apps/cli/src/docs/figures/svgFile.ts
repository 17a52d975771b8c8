/** @file A figure as a file of its own, with its colours and its description inside. */
import { type Content, html, trustedMarkup } from '../../report/html.js';
import { figureStyles } from './palette.js';

export interface SvgFile {
  readonly width: number;
  readonly height: number;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  readonly body: Content;
}

/** Coordinates of a tenth of a pixel: nothing finer can be seen, and rounding of the last bit cannot change a file. */
export function svgFile({ width, height, description, body }: SvgFile): string {
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${description}</title>
<style>
${trustedMarkup(figureStyles)}</style>
<rect class="paper" width="${width}" height="${height}"/>
${body}
</svg>
`.markup;
}

/** A coordinate as figures write it. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}
