/** @file The settings of a run (contender and threads), each with its mark throughout the page. */
import { type BenchResult, contenderLabel } from '@polyneuron/bench';
import { type Identity, identityOf } from '../identity.js';

export interface Setting {
  readonly name: string;
  readonly identity: Identity;
}

type Named = Pick<BenchResult, 'contender' | 'runtime' | 'threads'>;

/** 'polyneuron-wasm, 2 threads'; 'polyneuron-wasm in chromium, 2 threads'. */
export function settingName(named: Named): string {
  const { threads } = named;
  return `${contenderLabel(named)}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

/** Every setting of the results, in the order in which they first come. */
export function settingsOf(results: readonly Named[]): readonly Setting[] {
  return [...new Set(results.map(settingName))].map((name, index) => ({ name, identity: identityOf(index) }));
}

export function settingOf(settings: readonly Setting[], result: Named): Setting {
  return settings.find(({ name }) => name === settingName(result)) as Setting;
}
