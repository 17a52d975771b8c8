import type { Signal } from '@preact/signals';
import {
  type BenchPlan,
  type CaseGroup,
  caseGroups,
  contenderKeys,
  lengths,
  paces,
} from '../../benchLab/plan.js';
import { contenderTexts } from './contenderTexts.js';

const groupTexts: { readonly [K in CaseGroup]: string } = {
  steps: 'Training steps (forward, backward and optimizer)',
  products: 'Matrix products',
  sizes: 'Matrix products by size, for the chart of time against size',
};

export interface PlanFormProps {
  readonly plan: Signal<BenchPlan>;
  /** Threads that can be chosen; one where the page is not isolated. */
  readonly threadCounts: readonly number[];
  readonly isRunning: boolean;
}

/** What to measure. */
export function PlanForm({ plan, threadCounts, isRunning }: PlanFormProps) {
  const { length, contenders, groups, threads, hasWrongContender } = plan.value;
  const change = (part: Partial<BenchPlan>) => {
    plan.value = { ...plan.value, ...part };
  };
  return (
    <form class="bench-plan" onSubmit={(event) => event.preventDefault()}>
      <fieldset disabled={isRunning}>
        <legend>Length</legend>
        {lengths.map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="length"
              checked={length === one}
              onChange={() => change({ length: one })}
            />
            <span>
              {paces[one].title}, {paces[one].about}
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset disabled={isRunning}>
        <legend>Contenders</legend>
        {contenderKeys.map((key) => (
          <label key={key} class="choice">
            <input
              type="checkbox"
              checked={contenders.includes(key)}
              onChange={() => change({ contenders: toggled(contenderKeys, contenders, key) })}
            />
            <span>
              {contenderTexts[key].title}
              <small>{contenderTexts[key].about}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset disabled={isRunning}>
        <legend>Cases</legend>
        {caseGroups.map((group) => (
          <label key={group} class="choice">
            <input
              type="checkbox"
              checked={groups.includes(group)}
              onChange={() => change({ groups: toggled(caseGroups, groups, group) })}
            />
            <span>
              {groupTexts[group]}
              <small>{paces[length].cases[group].join(', ')}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset disabled={isRunning}>
        <legend>Conditions</legend>
        <label class="choice">
          <select
            value={String(threads)}
            onChange={({ currentTarget }) => change({ threads: Number(currentTarget.value) })}
          >
            {threadCounts.map((count) => (
              <option key={count} value={String(count)}>
                {count}
              </option>
            ))}
          </select>
          <span>
            threads for WebAssembly, ours and stock
            <small>
              {threadCounts.length > 1
                ? 'this page is cross-origin isolated, so threads are on'
                : 'threads off: this page is not cross-origin isolated, or has one core'}
            </small>
          </span>
        </label>
        <label class="choice">
          <input
            type="checkbox"
            checked={hasWrongContender}
            onChange={() => change({ hasWrongContender: !hasWrongContender })}
          />
          <span>
            Add a contender that computes something wrong
            <small>its results are off by 1 %: the check must refuse to time it</small>
          </span>
        </label>
      </fieldset>
    </form>
  );
}

/** The list with or without one entry, in the order of all. */
function toggled<T>(all: readonly T[], chosen: readonly T[], one: T): readonly T[] {
  return all.filter((entry) => (entry === one ? !chosen.includes(entry) : chosen.includes(entry)));
}
