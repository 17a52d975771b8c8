/** @file The mark by which a contender is known throughout its experiment: letter, colour and dash pattern. */
import { type Html, html, nothing } from './html.js';

/** Letter and dash tell two series apart without colour, the colour at a glance. */
export interface Identity {
  readonly letter: string;
  /** A custom property of the style sheet, which has one value for light and one for dark. */
  readonly colour: string;
  /** SVG dash array; 'none' is a solid line. */
  readonly dash: string;
}

/** Number of `--series-*` properties in the style sheet. */
export const colourCount = 8;

const dashes = ['none', '7 3', '2 3', '10 3 2 3'] as const;

/** The identity of the series at `index`; colour and dash pattern together repeat only after 32 series. */
export function identityOf(index: number): Identity {
  const round = Math.floor(index / colourCount);
  return {
    letter: letters(index),
    colour: `var(--series-${index % colourCount})`,
    dash: dashes[(index + round) % dashes.length]!,
  };
}

/**
 * Identities for the series of one figure. A series named like a contender has the contender's identity; the others
 * follow after the contenders, or start afresh in a figure that shows no contender.
 */
export function identitiesFor(
  names: readonly string[],
  contenderNames: readonly string[],
): readonly Identity[] {
  const known = names.some((name) => contenderNames.includes(name)) ? contenderNames : [];
  const order = [...new Set([...known, ...names])];
  return names.map((name) => identityOf(order.indexOf(name)));
}

/** A short stroke in the series' colour and dash pattern with its letter: for legends and row headers. */
export function swatch({ letter, colour, dash }: Identity, showsLetter = true): Html {
  const name = showsLetter ? html`<b style="color:${colour}">${letter}</b>` : nothing;
  return html`<span class="swatch" aria-hidden="true"><svg width="26" height="10" viewBox="0 0 26 10"><line x1="1" y1="5" x2="25" y2="5" stroke="${colour}" stroke-dasharray="${dash}"/></svg>${name}</span>`;
}

/** A, B, ..., Z, AA, AB, ... */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
