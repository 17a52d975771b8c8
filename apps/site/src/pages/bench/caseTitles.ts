import { benchCases } from '@polyneuron/bench';
import { caseGroups, lengths, paces } from '../../benchLab/plan.js';
import { sizeCases } from '../../benchLab/sizeCases.js';

/** What each case of the page is; built at prerender, so that no page script carries the cases. */
export function caseTitles(): Readonly<Record<string, string>> {
  const names = lengths.flatMap((length) => caseGroups.flatMap((group) => paces[length].cases[group]));
  return Object.fromEntries(
    [...benchCases, ...sizeCases]
      .filter(({ name }) => names.includes(name))
      .map(({ name, title }) => [name, title]),
  );
}
