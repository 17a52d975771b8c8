import type { BackendWish } from '../../protocol/messages.js';
import type { PlayState } from './playState.js';
import { RailSection } from './RailSection.js';
import { Choice, SettingControl } from './SettingControl.js';

const rows = [
  'loss',
  'optimizer',
  'rate',
  'batch',
  'decay',
  'clip',
  'weightSeed',
  'stop',
  'target',
  'axis',
  'theme',
] as const;

/** How both networks are trained, and on what. */
export function TrainingPanel({ play }: { readonly play: PlayState }) {
  return (
    <RailSection title="Training">
      {rows.map((name) => (
        <SettingControl key={name} play={play} name={name} />
      ))}
      <BackendChoice play={play} />
      <label class="check">
        <input
          type="checkbox"
          checked={play.session.keepsTraining.value}
          onChange={({ currentTarget }) => {
            play.session.keepsTraining.value = currentTarget.checked;
          }}
        />
        Keep training while this tab is hidden
      </label>
    </RailSection>
  );
}

/** Every backend with its device, or why it cannot be had. */
function BackendChoice({ play }: { readonly play: PlayState }) {
  const { value: capabilities } = play.session.capabilities;
  const options = (capabilities?.backends ?? []).map(({ backend, device, isAvailable, reason }) => ({
    text: backend,
    title: isAvailable ? device : `${device}: ${reason}`,
    isDisabled: !isAvailable,
  }));
  const missing = (capabilities?.backends ?? []).filter(({ isAvailable }) => !isAvailable);
  return (
    <>
      <Choice
        title="Backend"
        value={play.backend.value}
        options={[{ text: 'auto', title: 'automatic' }, ...options]}
        onChoose={(text) => play.setBackend(text as BackendWish)}
      />
      {missing.length > 0 && (
        <p class="hint">{missing.map(({ device, reason }) => `${device}: ${reason}`).join('. ')}.</p>
      )}
    </>
  );
}
