/** @file The section of one experiment. */
import type { ExperimentResult } from '@polyneuron/experiments';
import { renderContenders, renderPublished } from './contenders.js';
import { renderFigure } from './figures/figure.js';
import { renderLearning } from './figures/learning.js';
import { type Content, type Html, html, nothing } from './html.js';

/** `anchor` is the id of the section; ids inside it begin with it. */
export function renderExperiment(experiment: ExperimentResult, anchor: string): Html {
  const { id, title, summary, seedDocument, backend, dataset, contenders, published, figures } = experiment;
  const learning = renderLearning(contenders);
  const contenderNames = contenders.map(({ name }) => name);
  const drawn = figures.map((figure) => renderFigure(figure, { contenderNames }));
  const headingId = `${anchor}-title`;
  return html`<section id="${anchor}" class="experiment" aria-labelledby="${headingId}">
<p class="id"><code>${id}</code></p>
<h2 id="${headingId}">${title}</h2>
${paragraphs(summary)}
<dl class="facts">
<div><dt>Seed document</dt><dd>${seedDocument}</dd></div>
<div><dt>Dataset</dt><dd>${dataset}</dd></div>
<div><dt>Backend</dt><dd>${backend}</dd></div>
</dl>
${part('Contenders', renderContenders(contenders))}
${published.length === 0 ? nothing : part('Published figures beside ours', renderPublished(published, contenders))}
${learning.length === 0 ? nothing : part('Learning curves', html`<div class="figures">${learning}</div>`)}
${drawn.length === 0 ? nothing : part('Figures', html`<div class="figures">${drawn}</div>`)}
</section>
`;
}

function part(title: string, content: Content): Html {
  return html`<h3>${title}</h3>
${content}`;
}

/** Blank lines separate paragraphs. */
function paragraphs(text: string): readonly Html[] {
  const parts = text.split(/\n\s*\n/).filter((one) => one.trim() !== '');
  return parts.map((one) => html`<p class="prose">${one.trim()}</p>`);
}
