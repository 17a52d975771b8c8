import type { Claim } from '@polyneuron/experiments';
import { checkRules, claimSheets, type ExperimentSpec, experiments } from '@polyneuron/experiments';
import { signal } from '@preact/signals';
import { createExperimentSession } from '../../experimentLab/experimentSession.js';
import type { Page } from '../../shell/page.js';
import { estimates } from './estimates.js';
import { printFigure } from './printFigure.js';
import { RunPanel } from './RunPanel.js';
import { firstSettings, RunSettings } from './RunSettings.js';

export const experimentsPage: Page = {
  path: '/experiments/',
  title: 'Experiments',
  description:
    'Five published experiments with higher-order layers, run again in your browser beside their figures.',
  entry: 'experiments',
  next: { path: '/bench/', text: 'How fast is it in your browser?' },
  content: () => <ExperimentsContent />,
};

/** Nothing starts here: the session of the still page has no worker. */
const stillSession = () => createExperimentSession(() => ({ send: () => {}, terminate: () => {} }));

function ExperimentsContent() {
  const settings = signal(firstSettings);
  return (
    <>
      <h1>Five published experiments, run again here</h1>
      <p class="lead">
        Each card states the claim, the published figures with their source, what is done differently, and the
        tolerance, which stands in the source and does not move with the figures. Press Run, and your browser
        computes the same experiment over several seeds. A claim that fails stays on the page.
      </p>
      <div id="run-settings">
        <RunSettings settings={settings} />
      </div>
      <noscript>
        <p class="warning">
          Running an experiment needs scripts; claims, figures and set-ups are written below.
        </p>
      </noscript>
      {Object.values(experiments).map((spec) => (
        <ExperimentCard key={spec.id} spec={spec} />
      ))}
      <p class="muted">
        Estimated times: measured on {estimates.machine}, {estimates.date}, at commit {estimates.commit}.
        After the first seed the card shows your own.
      </p>
    </>
  );
}

function ExperimentCard({ spec: { id, title, seedDocument } }: { readonly spec: ExperimentSpec }) {
  const sheet = claimSheets[id];
  if (!sheet) throw new Error(`internal: no claims for experiment '${id}'`);
  const seconds = estimates.secondsPerSeed[id] ?? 0;
  return (
    <article class="experiment" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <p>
        <b>Claim</b> (seed document {seedDocument}): {sheet.claim}
      </p>
      <p>
        <b>Here:</b> {sheet.setup}
      </p>
      <details>
        <summary>What is done differently ({sheet.deviations.length})</summary>
        <ul>
          {sheet.deviations.map((deviation) => (
            <li key={deviation}>{deviation}</li>
          ))}
        </ul>
      </details>
      <PublishedFigures claims={sheet.claims} />
      <p class="muted">
        About {seconds} s for each seed, {Math.round(seconds * firstSettings.seeds)} s for{' '}
        {firstSettings.seeds}.
      </p>
      <div class="run-panel" data-experiment={id} data-title={title}>
        <RunPanel id={id} title={title} session={stillSession()} settings={signal(firstSettings)} />
      </div>
    </article>
  );
}

function PublishedFigures({ claims }: { readonly claims: readonly Claim[] }) {
  if (claims.length === 0) return <p>Published figure: none, the document has code only.</p>;
  return (
    <details>
      <summary>Published figures, sources and tolerances ({claims.length})</summary>
      <ul class="published-figures">
        {claims.map(({ text, check, source, needs }) => {
          const rule = checkRules[check.kind];
          return (
            <li key={text}>
              {text}{' '}
              <span class="muted">
                Published:{' '}
                {rule
                  .published(check as never)
                  .map(printFigure)
                  .join(' or ') || 'in words'}{' '}
                ({source}). Allowed: {rule.describe(check as never)}.
                {needs ? ` Judged on ${needs} only.` : ''}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
