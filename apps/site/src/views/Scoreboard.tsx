import type { ContestantInfo, Score } from '../protocol/messages.js';
import { printScore } from './duelPictures.js';
import type { DuelState } from './duelState.js';
import { useThrottled } from './useThrottled.js';

type Pair = readonly [Score, Score];
interface Row {
  readonly title: string;
  readonly print: (score: Score, info: ContestantInfo) => string;
}

const dash = '–';
const threeDigits = (value: number | undefined) =>
  value === undefined || !Number.isFinite(value) ? dash : String(Number(value.toPrecision(3)));

/** What both contestants reached, four times a second. */
export function Scoreboard({ duel }: { readonly duel: DuelState }) {
  const { value: configured } = duel.session.configured;
  const { value: scores } = useThrottled(duel.scores, 250);
  if (!configured) return null;
  const { problem, contestants } = configured;
  const rows: readonly Row[] = [
    { title: problem.scoreTitle, print: ({ score }) => printScore(score, problem.task) },
    { title: 'test loss', print: ({ testLoss }) => threeDigits(testLoss) },
    { title: 'parameters', print: (_, { parameters }) => String(parameters) },
    { title: 'FLOPs per step', print: (_, { flopsPerStep }) => flopsPerStep.toLocaleString('en') },
    { title: 'steps to target', print: ({ stepsToTarget }) => threeDigits(stepsToTarget) },
    { title: 's to target', print: ({ secondsToTarget }) => threeDigits(secondsToTarget) },
  ];
  return (
    <table class="scoreboard figure">
      <caption class="visually-hidden">Scores of both networks</caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="visually-hidden">figure</span>
          </th>
          <th scope="col" class="number">
            ours
          </th>
          <th scope="col" class="number">
            rival
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ title, print }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {contestants.map((info, at) => (
              <td key={at === 0 ? 'ours' : 'rival'} class="number">
                {scores ? print((scores as Pair)[at], info) : dash}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
