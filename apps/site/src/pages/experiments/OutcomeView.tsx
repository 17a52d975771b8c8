import type { JudgedClaim } from '@polyneuron/experiments';
import type { Outcome } from '../../experimentLab/messages.js';
import { ScrollRegion } from '../../shell/ScrollRegion.js';
import { saveText } from '../saveText.js';
import { ClaimChart } from './ClaimChart.js';
import { printFigure, printMean } from './printFigure.js';
import { claimVerdictTexts, experimentVerdictTexts } from './verdictTexts.js';

/** What the seeds so far gave: verdict, claim by claim, and every contender of the last seed. */
export function OutcomeView({
  id,
  outcome,
  wanted,
}: {
  readonly id: string;
  readonly outcome: Outcome;
  readonly wanted: number;
}) {
  const { seeds, verdict, claims, contenders, dataset, backend, json, secondsPerSeed } = outcome;
  return (
    <section class="outcome" aria-label="Measured in this browser">
      <p class={`verdict is-${verdict.replaceAll(' ', '-')}`}>
        <strong>{experimentVerdictTexts[verdict]}.</strong> Measured over {seeds}{' '}
        {seeds === 1 ? 'seed' : 'seeds'}
        {seeds < wanted && ` of ${wanted}`}, {secondsPerSeed.toFixed(1)} s each, on {backend}.
      </p>
      {claims.length > 0 && (
        <>
          <p class="key" aria-hidden="true">
            <span class="key-published">◆ published</span> <span>● mean and spread here</span>{' '}
            <span>| one seed</span> <span>✕ the other contender</span>{' '}
            <span class="key-band">shaded: allowed</span>
          </p>
          <ul class="judged">
            {claims.map((judged) => (
              <ClaimItem key={judged.claim.text} judged={judged} />
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>Figures of every seed, and of every contender</summary>
        <SeedTable claims={claims} seeds={seeds} />
        <ContenderTable contenders={contenders} />
        <p class="muted">Data: {dataset}.</p>
      </details>
      <button type="button" onClick={() => saveText(`polyneuron-${id}.json`, json)}>
        Download as JSON
      </button>
    </section>
  );
}

function ClaimItem({ judged }: { readonly judged: JudgedClaim }) {
  const { claim, tolerance, published, verdict } = judged;
  return (
    <li class={`is-${verdict.replaceAll(' ', '-')}`}>
      <p>{claim.text}</p>
      <p class="figures">
        <span>
          Published <b>{published.map(printFigure).join(' or ') || 'in words'}</b>
        </span>
        <span>
          here <b>{printMean(judged)}</b>
        </span>
        <span class="claim-verdict">{claimVerdictTexts[verdict]}</span>
      </p>
      <ClaimChart judged={judged} />
      <p class="muted">Allowed: {tolerance}.</p>
    </li>
  );
}

function SeedTable({ claims, seeds }: { readonly claims: readonly JudgedClaim[]; readonly seeds: number }) {
  if (claims.length === 0) return null;
  const columns = Array.from({ length: seeds }, (_, seed) => seed);
  return (
    <ScrollRegion label="Figures by seed">
      <table>
        <caption>By seed</caption>
        <thead>
          <tr>
            <th scope="col">Contender, figure</th>
            {columns.map((seed) => (
              <th key={seed} scope="col" class="number">
                {seed}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {claims.map(({ claim, figures }) => (
            <tr key={claim.text}>
              <th scope="row">
                {claim.contender}, {claim.metric}
              </th>
              {columns.map((seed) => (
                <td key={seed} class="number">
                  {printFigure(figures[seed] ?? Number.NaN)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function ContenderTable({ contenders }: Pick<Outcome, 'contenders'>) {
  const metrics = [...new Set(contenders.flatMap(({ test }) => Object.keys(test)))].filter(
    (name) => name !== 'rmse',
  );
  return (
    <ScrollRegion label="Contenders of the last seed">
      <table>
        <caption>Contenders of the last seed, on the test set</caption>
        <thead>
          <tr>
            <th scope="col">Contender</th>
            <th scope="col" class="number">
              Parameters
            </th>
            {metrics.map((name) => (
              <th key={name} scope="col" class="number">
                {name}
              </th>
            ))}
            <th scope="col" class="number">
              Training, s
            </th>
          </tr>
        </thead>
        <tbody>
          {contenders.map(({ name, parameters, seconds, test }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td class="number">{parameters.toLocaleString('en-US')}</td>
              {metrics.map((metric) => (
                <td key={metric} class="number">
                  {test[metric] === undefined ? '–' : printFigure(test[metric])}
                </td>
              ))}
              <td class="number">{seconds.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
