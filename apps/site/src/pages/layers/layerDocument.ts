/** @file What docs/layers says about a layer, in its parts, read when the site is built. */
import { InternalError } from '@polyneuron/graph';

const files = import.meta.glob<string>('../../../../../docs/layers/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const figures = import.meta.glob<string>('../../../../../docs/layers/figures/*.svg', {
  query: '?inline',
  import: 'default',
  eager: true,
});

/** Parts as Markdown. */
export interface LayerDocument {
  /** One paragraph: what it is and when to use it. */
  readonly introduction: string;
  /** Degree, parameters, cost, starts, source, ... as a list of **name**: text. */
  readonly facts: string;
  readonly shapes: string;
  readonly options: string;
  readonly variants?: string;
  readonly pitfalls?: string;
  /** The code of the example, with what it prints in comments. */
  readonly example?: string;
  readonly sources?: string;
  readonly figure?: { readonly url: string; readonly caption: string };
}

/** Of a layer with a page of its own in docs/layers, else its section of the page of stock layers. */
export function layerDocument(name: string, title: string): LayerDocument {
  const page = fileNamed(`${name}.md`);
  return page === undefined ? stockDocument(title) : pageDocument(name, page);
}

/** Record blocks of pages without the formula, which the site typesets. */
function pageDocument(name: string, page: string): LayerDocument {
  const sections = sectionsOf(page);
  const head = (sections[''] ?? '').replace(/^# .*\n/, '');
  const [introduction = '', record = ''] = head.split('<!-- record -->');
  const figure = Object.entries(figures).find(([path]) => path.endsWith(`/figures/${name}.svg`))?.[1];
  const [, caption] = /^_(.*)_$/m.exec(record) ?? [];
  return {
    introduction: introduction.trim(),
    facts: factsOf(record),
    shapes: sections.Shapes ?? '',
    options: (sections.Options ?? '').replace('<!-- /record -->', ''),
    ...(sections.Variants && { variants: sections.Variants }),
    ...(sections.Pitfalls && { pitfalls: sections.Pitfalls }),
    ...(sections.Example && { example: codeOf(sections.Example) }),
    ...(sections.Source && { sources: sections.Source }),
    ...(figure && caption && { figure: { url: figure, caption } }),
  };
}

function stockDocument(title: string): LayerDocument {
  const section = sectionsOf(fileNamed('stock.md') ?? '')[title];
  if (section === undefined) throw new InternalError(`docs/layers has no page and no section of '${title}'`);
  const facts = factsOf(section);
  return {
    introduction: `A layer of TensorFlow.js that Polyneuron has a record of too: take its class from \`@tensorflow/tfjs-layers\`; models of it compile with those of our own.`,
    facts: facts.replace(/^- \*\*(Record|Shapes)\*\*.*\n?/gm, ''),
    shapes: /^- \*\*Shapes\*\*: (.*)$/m.exec(section)?.[1] ?? '',
    options: section.slice(section.indexOf(facts) + facts.length),
  };
}

function factsOf(block: string): string {
  return /(?:^- \*\*.*\n?)+/m.exec(block)?.[0] ?? '';
}

function codeOf(section: string): string {
  return /^```ts\n(.*?)^```$/ms.exec(section)?.[1] ?? '';
}

function fileNamed(file: string): string | undefined {
  return Object.entries(files).find(([path]) => path.endsWith(`/layers/${file}`))?.[1];
}

/** By heading of the second level; '' before the first. */
function sectionsOf(page: string): Readonly<Record<string, string | undefined>> {
  const [head, ...rest] = page.split(/^## /m);
  return Object.fromEntries([
    ['', head],
    ...rest.map((section) => {
      const end = section.indexOf('\n');
      return [section.slice(0, end).trim(), section.slice(end + 1).trim()] as const;
    }),
  ]);
}
