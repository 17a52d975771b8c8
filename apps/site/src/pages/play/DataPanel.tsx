import { datasetInfo } from '../../state/datasets.js';
import { DrawnPoints } from './DrawnPoints.js';
import { PastedTable } from './PastedTable.js';
import type { PlayState } from './playState.js';
import { RailSection } from './RailSection.js';
import { Choice, SettingControl } from './SettingControl.js';

/** What is learned: the data set, its size and its seed. */
export function DataPanel({ play }: { readonly play: PlayState }) {
  const { dataset, variant } = play.settings.value;
  const { variants } = datasetInfo[dataset];
  const isGiven = dataset === 'drawn' || dataset === 'csv';
  return (
    <RailSection title="Data">
      <SettingControl play={play} name="dataset" />
      {variants && (
        <Choice
          title="Variant"
          value={String(Math.min(variant, variants.length))}
          options={variants.map((title, at) => ({ text: String(at + 1), title }))}
          onChoose={(text) => play.change({ variant: Number(text) })}
        />
      )}
      {dataset === 'drawn' && <DrawnPoints play={play} />}
      {dataset === 'csv' && <PastedTable play={play} />}
      {!isGiven && <SettingControl play={play} name="samples" />}
      {!isGiven && <SettingControl play={play} name="noise" />}
      <SettingControl play={play} name="testShare" />
      <SettingControl play={play} name="dataSeed" />
      <Choice
        title="Shown square"
        value={String(play.duel.extent.value)}
        options={[
          { text: '1', title: '−1 to 1' },
          { text: '1.5', title: '−1.5 to 1.5' },
          { text: '2', title: '−2 to 2' },
          { text: '3', title: '−3 to 3' },
        ]}
        onChoose={(text) => play.showExtent(Number(text))}
      />
    </RailSection>
  );
}
