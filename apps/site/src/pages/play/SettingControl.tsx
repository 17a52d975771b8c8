import type { Settings } from '../../state/settings.js';
import { type SettingSpec, settingsTable } from '../../state/settingsTable.js';
import type { PlayState } from './playState.js';

export interface SettingControlProps {
  readonly play: PlayState;
  readonly name: keyof Settings;
  /** default: that of the table */
  readonly title?: string;
}

/** The control of a setting, as its row of the table says. */
export function SettingControl({ play, name, title }: SettingControlProps) {
  const { control, title: ownTitle, parse, print } = settingsTable[name] as SettingSpec<unknown>;
  const value = print(play.settings.value[name]);
  const set = (text: string) => {
    const parsed = parse(text);
    if (!parsed) return;
    play.session.notify(...parsed.notices);
    play.change({ [name]: parsed.value });
  };
  const shownTitle = title ?? ownTitle;
  if (control.kind === 'choice') {
    const options = control.choices.map((choice) => ({ text: print(choice.value), title: choice.title }));
    return <Choice title={shownTitle} value={value} options={options} onChoose={set} />;
  }
  if (control.kind === 'number' && control.values) {
    const values = control.values.map((one) => ({
      text: String(one),
      title: one === 0 ? 'off' : String(one),
    }));
    const isListed = values.some(({ text }) => text === value);
    const options = isListed ? values : [...values, { text: value, title: value }];
    return <Choice title={shownTitle} value={value} options={options} onChoose={set} />;
  }
  if (control.kind !== 'number') return null;
  const { min, max, step, unit } = control;
  return (
    <label class="row">
      <span>{unit ? `${shownTitle}, ${unit}` : shownTitle}</span>
      <input
        type="number"
        min={min}
        max={max}
        step={step}
        value={value}
        onChange={({ currentTarget }) => {
          set(currentTarget.value);
          currentTarget.value = print(play.settings.peek()[name]);
        }}
      />
    </label>
  );
}

export interface ChoiceProps {
  readonly title: string;
  readonly value: string;
  readonly options: readonly {
    readonly text: string;
    readonly title: string;
    readonly isDisabled?: boolean;
  }[];
  readonly onChoose: (text: string) => void;
}

/** A labelled list to choose from. */
export function Choice({ title, value, options, onChoose }: ChoiceProps) {
  return (
    <label class="row">
      <span>{title}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {options.map(({ text, title: shown, isDisabled }) => (
          <option key={text} value={text} disabled={isDisabled} selected={text === value}>
            {shown}
          </option>
        ))}
      </select>
    </label>
  );
}
