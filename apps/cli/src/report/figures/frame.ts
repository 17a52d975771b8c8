/** @file What every figure shares: its context, its frame and its empty case. */
import { type Content, type Html, html, nothing } from '../html.js';
import { type Identity, swatch } from '../identity.js';
import { usesLetters } from './labels.js';

export interface FigureContext {
  /** Contenders of the experiment, in order: series of the same name are drawn with their identity. */
  readonly contenderNames: readonly string[];
}

export interface Frame {
  readonly title: Content;
  readonly body: Content;
  /** 'half' figures stand two abreast where the page is wide. */
  readonly span: 'half' | 'full';
  readonly legend?: Content;
  /** What a reader must know to read the picture: values left out, scales changed. */
  readonly notes?: readonly string[];
}

export function renderFrame({ title, body, span, legend = nothing, notes = [] }: Frame): Html {
  const remarks = notes.length === 0 ? nothing : html`<p class="note">${notes.join(' ')}</p>`;
  return html`<figure class="${span}">
<figcaption>${title}</figcaption>
${legend}${body}${remarks}
</figure>
`;
}

/** Stands where there is nothing to draw. */
export function placeholder(reason: string): Html {
  return html`<p class="placeholder">${reason}</p>`;
}

/** One entry per series, in the order of the lines; a single series is named by its figure. */
export function renderLegend(names: readonly string[], identities: readonly Identity[]): Html {
  if (names.length < 2) return nothing;
  const showsLetter = usesLetters(names);
  return html`<ul class="legend">${names.map((name, index) => html`<li>${swatch(identities[index]!, showsLetter)}${name}</li>`)}</ul>
`;
}

/** "3 images", "1 image". */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
