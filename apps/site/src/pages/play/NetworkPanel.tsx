import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Contestant } from '../../protocol/messages.js';
import { parseNetwork } from '../../state/network.js';
import type { Rival } from '../../state/settings.js';
import { NetworkBuilder } from './NetworkBuilder.js';
import type { PlayState } from './playState.js';
import { Choice } from './SettingControl.js';

/** The layers of a contestant as chips, and a panel to build them. */
export function NetworkPanel({
  play,
  contestant,
}: {
  readonly play: PlayState;
  readonly contestant: Contestant;
}) {
  const isOpen = useSignal(false);
  const panel = useId();
  const info = play.session.configured.value?.contestants[contestant];
  const owner = contestant === 0 ? 'ours' : 'the rival';
  return (
    <div class="network">
      <div class="chips">
        <ol aria-label={`Layers of ${owner}`}>
          {(info?.layers ?? []).map(({ title, units, activation, isHead }, at) => (
            <li key={at} class={isHead ? 'chip is-head' : 'chip'}>
              {title} {units}
              {activation !== 'linear' && activation !== 'none' ? ` ${activation}` : ''}
            </li>
          ))}
        </ol>
        <button
          type="button"
          aria-expanded={isOpen.value}
          aria-controls={panel}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          {isOpen.value ? 'Close' : 'Edit'}
          <span class="visually-hidden"> the layers of {owner}</span>
        </button>
      </div>
      {isOpen.value && (
        <section
          id={panel}
          class="network-editor"
          aria-label={`Build ${owner}`}
          onKeyDown={(event) => {
            if (event.key === 'Escape') isOpen.value = false;
          }}
        >
          {contestant === 0 ? (
            <NetworkBuilder
              owner={owner}
              network={play.settings.value.network}
              onChange={(network) => play.change({ network })}
            />
          ) : (
            <RivalEditor play={play} />
          )}
        </section>
      )}
    </div>
  );
}

const rivalChoices = [
  { text: 'auto1', title: 'dense, at least our size' },
  { text: 'auto2', title: 'dense, twice our size' },
  { text: 'auto4', title: 'dense, four times our size' },
  { text: 'features', title: 'linear on x1², x1·x2, x2²' },
  { text: 'network', title: 'built by hand' },
];

function RivalEditor({ play }: { readonly play: PlayState }) {
  const { rival } = play.settings.value;
  const change = (next: Rival) => play.change({ rival: next });
  return (
    <>
      <Choice
        title="Rival"
        value={rival.kind === 'auto' ? `auto${rival.factor}` : rival.kind}
        options={rivalChoices}
        onChoose={(text) => change(rivalOf(text))}
      />
      {rival.kind === 'network' && (
        <NetworkBuilder
          owner="the rival"
          network={rival.network}
          onChange={(network) => change({ kind: 'network', network })}
        />
      )}
    </>
  );
}

function rivalOf(text: string): Rival {
  const [, factor] = /^auto([124])$/.exec(text) ?? [];
  if (factor) return { kind: 'auto', factor: Number(factor) as 1 | 2 | 4 };
  if (text === 'features') return { kind: 'features' };
  return { kind: 'network', network: parseNetwork('d4t.d1')?.network ?? [] };
}
