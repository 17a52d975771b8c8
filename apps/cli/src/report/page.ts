/** @file The page around the experiments: facts of the environment, table of contents, sections, footer. */
import type { ExperimentResult } from '@polyneuron/experiments';
import type { Environment, Report } from '../output/results.js';
import { type ContentsEntry, renderContents, renderDate, renderDocument } from './document.js';
import { renderExperiment } from './experiment.js';
import { type Content, type Html, html } from './html.js';
import { formatCount, formatGibibytes } from './numbers.js';

export function renderPage({ version, environment, experiments }: Report): Html {
  const anchors = anchorsOf(experiments);
  return renderDocument({
    title: 'reproduction report',
    lead: 'The experiments of the seed documents, run on this machine, beside the figures that those documents published.',
    facts: factsOf(version, environment),
    contents: renderContents(entriesOf(experiments, anchors)),
    main: {
      id: 'experiments',
      name: 'experiments',
      body:
        experiments.length === 0
          ? html`<p class="muted">The report holds no experiment.</p>`
          : experiments.map((experiment, index) => renderExperiment(experiment, anchors[index]!)),
    },
    footer: html`Written by polyneuron ${version}. The numbers of this page, unrounded, are in <code>results.json</code> beside it.`,
  });
}

function factsOf(version: string, environment: Environment): readonly (readonly [string, Content])[] {
  const { date, node, platform, cpu, cores, memoryBytes, tfjs } = environment;
  return [
    ['Date', renderDate(date)],
    ['Version', version],
    ['Node', node],
    ['TensorFlow.js', tfjs],
    ['Platform', platform],
    [
      'Processor',
      `${cpu}, ${formatCount(cores)} ${cores === 1 ? 'core' : 'cores'}, ${formatGibibytes(memoryBytes)}`,
    ],
  ];
}

function entriesOf(experiments: readonly ExperimentResult[], anchors: readonly string[]): ContentsEntry[] {
  return experiments.map(({ title, contenders }, index) => ({
    anchor: anchors[index]!,
    title,
    note: `${contenders.length} ${contenders.length === 1 ? 'contender' : 'contenders'}`,
  }));
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
