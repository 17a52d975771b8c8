import type { Speed } from '../../protocol/messages.js';
import { type PresetKey, presetOf, presets } from '../../state/presets.js';
import type { Settings } from '../../state/settings.js';
import { type SettingSpec, settingNames, settingsTable } from '../../state/settingsTable.js';
import { useThrottled } from '../../views/useThrottled.js';
import type { PlayState } from './playState.js';

const speeds: readonly { readonly value: Speed; readonly title: string }[] = [
  { value: 1, title: '1 step/s' },
  { value: 10, title: '10 steps/s' },
  { value: 75, title: '75 steps/s' },
  { value: 'max', title: 'full speed' },
];

export interface TopBarProps {
  readonly play: PlayState;
  readonly onShare: () => void;
}

/** Presets, run control, speed, share, status. */
export function TopBar({ play, onShare }: TopBarProps) {
  const { value: phase } = play.session.phase;
  return (
    <div class="top-bar">
      <PresetChoice play={play} />
      <fieldset class="bar-actions">
        <legend class="visually-hidden">Run</legend>
        <button type="button" class="primary" disabled={phase === 'failed'} onClick={() => play.toggle()}>
          {phase === 'running' ? 'Pause' : 'Run'}
        </button>
        <button type="button" disabled={phase !== 'idle'} onClick={() => play.step()}>
          Step
        </button>
        <button type="button" onClick={() => play.reset()}>
          Reset
        </button>
        <button type="button" onClick={onShare}>
          Share
        </button>
      </fieldset>
      <button type="button" class="new-seed" onClick={() => play.newSeed()}>
        New seed
      </button>
      <select
        aria-label="Speed"
        value={String(play.speed.value)}
        onChange={({ currentTarget }) => {
          const chosen = speeds.find(({ value }) => String(value) === currentTarget.value);
          if (chosen) play.setSpeed(chosen.value);
        }}
      >
        {speeds.map(({ value, title }) => (
          <option key={title} value={String(value)} selected={value === play.speed.value}>
            {title}
          </option>
        ))}
      </select>
      <Status play={play} />
    </div>
  );
}

/** The preset that the settings are, if they are one: what only concerns the view does not count. */
function presetShown(settings: Settings): PresetKey | undefined {
  const names = settingNames.filter((name) => settingsTable[name].effect !== 'view');
  const print = (name: keyof Settings, of: Settings) =>
    (settingsTable[name] as SettingSpec<unknown>).print(of[name]);
  return presets.find((preset) =>
    names.every((name) => print(name, preset.settings) === print(name, settings)),
  )?.key;
}

function PresetChoice({ play }: { readonly play: PlayState }) {
  const shown = presetShown(play.settings.value) ?? '';
  return (
    <select
      class="preset-choice"
      aria-label="Preset"
      value={shown}
      onChange={({ currentTarget }) => {
        if (currentTarget.value !== '') play.choosePreset(presetOf(currentTarget.value as PresetKey));
      }}
    >
      <option value="" selected={shown === ''}>
        Preset: your own
      </option>
      {presets.map(({ key, title }) => (
        <option key={key} value={key} selected={key === shown}>
          {title}
        </option>
      ))}
    </select>
  );
}

function Status({ play }: { readonly play: PlayState }) {
  const { session } = play;
  const { value: frame } = useThrottled(session.frame, 250);
  const { value: capabilities } = session.capabilities;
  const device = capabilities?.backends.find(({ backend }) => backend === capabilities.backend)?.device;
  return (
    <p class="status figure">
      <span>
        step <output class="step-count">{frame?.step ?? 0}</output>
      </span>
      {frame && frame.stepsPerSecond > 0 && (
        <span>{Math.round(frame.stepsPerSecond).toLocaleString('en')} steps/s</span>
      )}
      {frame && frame.step > 0 && (
        <span>{Number(((1000 * frame.seconds) / frame.step).toPrecision(2))} ms/step</span>
      )}
      <span>{device ?? 'starting the worker'}</span>
      {capabilities && !capabilities.isIsolated && <span>threads off</span>}
    </p>
  );
}
