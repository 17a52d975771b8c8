import type { FunctionComponent } from 'preact';
import { useRef } from 'preact/hooks';
import type { Contestant } from '../../protocol/messages.js';
import type { PanelKey } from '../../state/settings.js';
import type { DuelState } from '../../views/duelState.js';
import { ResidualsPanel } from '../../views/ResidualsPanel.js';
import { UnitsPanel } from '../../views/UnitsPanel.js';
import { WeightsPanel } from '../../views/weights/WeightsPanel.js';
import type { PlayState } from './playState.js';

type PanelView = FunctionComponent<{ readonly duel: DuelState; readonly contestant: Contestant }>;

const panels: { readonly [K in PanelKey]: { readonly title: string; readonly View: PanelView } } = {
  weights: { title: 'Weights', View: WeightsPanel },
  residuals: { title: 'Residuals', View: ResidualsPanel },
  units: { title: 'Units', View: UnitsPanel },
};
const allKeys = Object.keys(panels) as PanelKey[];

/** Weights, residuals or units of both contestants; what is not chosen is not computed. */
export function PanelTabs({ play }: { readonly play: PlayState }) {
  const { panels: open, embed } = play.settings.value;
  const keys = embed.length > 0 ? allKeys.filter((key) => embed.includes(key)) : allKeys;
  const wanted = open[0] ?? 'weights';
  const chosen = keys.includes(wanted) ? wanted : keys[0];
  const list = useRef<HTMLDivElement>(null);
  const choose = (key: PanelKey) => play.change({ panels: [key] });
  const move = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const next = keys[(keys.indexOf(chosen) + by + keys.length) % keys.length];
    choose(next);
    list.current?.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  const { View } = panels[chosen];
  return (
    <section class="panels" aria-label="Inside both networks">
      <div ref={list} class="tabs" role="tablist" aria-label="Inside both networks" onKeyDown={move}>
        {keys.map((key) => (
          <button
            key={key}
            id={`tab-${key}`}
            type="button"
            role="tab"
            aria-selected={key === chosen}
            aria-controls="panel"
            tabIndex={key === chosen ? 0 : -1}
            onClick={() => choose(key)}
          >
            {panels[key].title}
          </button>
        ))}
      </div>
      <div id="panel" class="panel-pair" role="tabpanel" aria-labelledby={`tab-${chosen}`}>
        {([0, 1] as const).map((contestant) => (
          <div key={`${chosen} ${contestant}`} class="panel">
            <View duel={play.duel} contestant={contestant} />
          </div>
        ))}
      </div>
    </section>
  );
}
