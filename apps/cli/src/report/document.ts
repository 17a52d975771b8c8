/** @file What every page of ours has: head, header with facts, main and footer, nothing loaded and nothing run. */
import { type Content, type Html, html, nothing, trustedMarkup } from './html.js';
import { styles } from './styles.js';

export interface PageParts {
  /** After 'Polyneuron', in the heading and in the title of the window. */
  readonly title: string;
  readonly lead: Content;
  /** What the figures depend on: name and value. */
  readonly facts: readonly (readonly [string, Content])[];
  readonly contents: Content;
  /** Id and name of the main part, for the link that skips to it. */
  readonly main: { readonly id: string; readonly name: string; readonly body: Content };
  readonly footer: Content;
  /** Rules beyond the common ones. */
  readonly styles?: string;
}

/** Forbids whatever would make the page depend on something outside itself, or run. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

export function renderDocument({ title, lead, facts, contents, main, footer, ...more }: PageParts): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="color-scheme" content="light dark">
<title>Polyneuron: ${title}</title>
<style>${trustedMarkup(styles + (more.styles ?? ''))}</style>
</head>
<body>
<a class="skip" href="#${main.id}">Skip to the ${main.name}</a>
<header>
<h1>Polyneuron <span>${title}</span></h1>
<p class="lead">${lead}</p>
<dl class="facts" aria-label="Environment">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
</header>
${contents}
<main id="${main.id}">
${main.body}
</main>
<footer><p>${footer}</p></footer>
</body>
</html>
`;
}

export interface ContentsEntry {
  readonly anchor: string;
  readonly title: string;
  readonly note: string;
}

export function renderContents(entries: readonly ContentsEntry[]): Html {
  if (entries.length === 0) return nothing;
  const items = entries.map(
    ({ anchor, title, note }) =>
      html`<li><a href="#${anchor}">${title}</a> <span class="muted">${note}</span></li>`,
  );
  return html`<nav aria-labelledby="contents-title"><h2 id="contents-title">Contents</h2><ol>${items}</ol></nav>`;
}

/** To the minute in UTC; a text that is no date stays as it is. */
export function renderDate(date: string): Html {
  const time = new Date(date);
  if (Number.isNaN(time.getTime())) return html`${date}`;
  const iso = time.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}
