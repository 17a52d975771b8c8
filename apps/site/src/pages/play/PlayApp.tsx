import { computed, useSignal } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import { announcementOf } from '../../views/announcement.js';
import { printScore } from '../../views/duelPictures.js';
import { LiveRegion } from '../../views/LiveRegion.js';
import { useSpaceKey } from '../../views/useSpaceKey.js';
import { DataPanel } from './DataPanel.js';
import { PanelTabs } from './PanelTabs.js';
import type { PlayState } from './playState.js';
import { Results } from './Results.js';
import { ShareDialog } from './ShareDialog.js';
import { ProbeLine, Side } from './Side.js';
import { TopBar } from './TopBar.js';
import { TrainingPanel } from './TrainingPanel.js';
import { Trouble } from './Trouble.js';

/** The whole playground: bar, settings, both contestants with what is inside them, results. */
export function PlayApp({ play }: { readonly play: PlayState }) {
  const isSharing = useSignal(false);
  useSpaceKey(useCallback(() => play.toggle(), [play]));
  const isEmbed = play.settings.value.embed.length > 0;
  return (
    <div class={isEmbed ? 'play is-embed' : 'play'}>
      <TopBar
        play={play}
        onShare={() => {
          isSharing.value = true;
        }}
      />
      <Trouble play={play} />
      <div class="rail">
        <DataPanel play={play} />
        <TrainingPanel play={play} />
        <p class="remark" role="status">
          {play.remark}
        </p>
      </div>
      <div class="sides">
        <Side play={play} contestant={0} />
        <Side play={play} contestant={1} />
        <ProbeLine play={play} />
      </div>
      <Results play={play} />
      <PanelTabs play={play} />
      <ShareDialog play={play} isOpen={isSharing} />
      <Announcer play={play} />
    </div>
  );
}

function Announcer({ play }: { readonly play: PlayState }) {
  const text = useMemo(
    () =>
      computed(() => {
        const { phase, outcome, configured, frame } = play.session;
        const task = configured.value?.problem.task ?? 'binary';
        const scores = frame.peek()?.scores.map(({ score }) => printScore(score, task));
        return announcementOf(
          phase.value,
          outcome.value,
          configured.value?.contestants,
          scores as unknown as readonly [string, string] | undefined,
        );
      }),
    [play],
  );
  return <LiveRegion text={text} />;
}
