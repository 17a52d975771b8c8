/** @file The page around the experiments: head, header with the environment, table of contents, main, footer. */
import type { Environment, ExperimentResult, Report } from '../experiments/result.js';
import { renderExperiment } from './experiment.js';
import { type Html, html, trustedMarkup } from './html.js';
import { formatCount, formatGibibytes } from './numbers.js';
import { styles } from './styles.js';

/** Forbids whatever would make the page depend on something outside itself, or run. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

export function renderPage({ version, environment, experiments }: Report): Html {
  const anchors = anchorsOf(experiments);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="color-scheme" content="light dark">
<title>Polyneuron: reproduction report</title>
<style>${trustedMarkup(styles)}</style>
</head>
<body>
<a class="skip" href="#experiments">Skip to the experiments</a>
<header>
<h1>Polyneuron <span>reproduction report</span></h1>
<p class="lead">The experiments of the seed documents, run on this machine, beside the figures that those documents published.</p>
${renderEnvironment(version, environment)}
</header>
${renderContents(experiments, anchors)}
<main id="experiments">
${experiments.length === 0 ? html`<p class="muted">The report holds no experiment.</p>` : experiments.map((experiment, index) => renderExperiment(experiment, anchors[index]!))}
</main>
<footer><p>Written by polyneuron ${version}. The numbers of this page, unrounded, are in <code>results.json</code> beside it.</p></footer>
</body>
</html>
`;
}

function renderEnvironment(version: string, environment: Environment): Html {
  const { date, node, platform, cpu, cores, memoryBytes, tfjs } = environment;
  const items: readonly (readonly [string, Html])[] = [
    ['Date', renderDate(date)],
    ['Version', html`${version}`],
    ['Node', html`${node}`],
    ['TensorFlow.js', html`${tfjs}`],
    ['Platform', html`${platform}`],
    [
      'Processor',
      html`${cpu}, ${formatCount(cores)} ${cores === 1 ? 'core' : 'cores'}, ${formatGibibytes(memoryBytes)}`,
    ],
  ];
  return html`<dl class="facts" aria-label="Environment">${items.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** To the minute in UTC; a text that is no date stays as it is. */
function renderDate(date: string): Html {
  const time = new Date(date);
  if (Number.isNaN(time.getTime())) return html`${date}`;
  const iso = time.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}

function renderContents(experiments: readonly ExperimentResult[], anchors: readonly string[]): Html {
  const entries = experiments.map(({ title, contenders }, index) => {
    const size = `${contenders.length} ${contenders.length === 1 ? 'contender' : 'contenders'}`;
    return html`<li><a href="#${anchors[index]!}">${title}</a> <span class="muted">${size}</span></li>`;
  });
  return html`<nav aria-labelledby="contents-title"><h2 id="contents-title">Contents</h2><ol>${entries}</ol></nav>`;
}

/** Ids such as `experiment-cross`, each only once. */
function anchorsOf(experiments: readonly ExperimentResult[]): readonly string[] {
  const taken = new Set<string>();
  return experiments.map(({ id }) => {
    const plain = `experiment-${id.replace(/[^\w-]+/g, '-')}`;
    let anchor = plain;
    for (let copy = 2; taken.has(anchor); copy++) anchor = `${plain}-${copy}`;
    taken.add(anchor);
    return anchor;
  });
}
