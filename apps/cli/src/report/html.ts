/** @file Building markup with escaping as the rule: text becomes markup only through `html` or, by name, `trustedMarkup`. */

/** Markup that is safe to insert as it stands. */
export interface Html {
  readonly markup: string;
}

/** What a hole of an `html` template takes. Strings and numbers are escaped, markup is inserted, lists are joined. */
export type Content = Html | string | number | readonly Content[];

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes the five characters that could end a text or a quoted attribute value. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => replacements[character]!);
}

/**
 * Template tag: the literal parts are markup, the holes are content. Attribute values in a template must be quoted.
 *
 * @example
 * html`<p>${'a < b'}</p>`.markup // => '<p>a &lt; b</p>'
 */
export function html(literals: TemplateStringsArray, ...holes: readonly Content[]): Html {
  let markup = literals[0]!;
  holes.forEach((hole, index) => {
    markup += toMarkup(hole) + literals[index + 1]!;
  });
  return { markup };
}

/** Declares a string to be markup. Only for text that this package made itself: serialized SVG, style sheets. */
export function trustedMarkup(markup: string): Html {
  return { markup };
}

export const nothing: Html = { markup: '' };

function toMarkup(content: Content): string {
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return escapeHtml(String(content));
  return isList(content) ? content.map(toMarkup).join('') : content.markup;
}

function isList(content: Html | readonly Content[]): content is readonly Content[] {
  return Array.isArray(content);
}
