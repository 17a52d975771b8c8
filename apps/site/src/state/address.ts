import { printable } from './printable.js';
import { defaultSettings, type Settings } from './settings.js';
import { isDefault, type SettingSpec, settingNames, settingsTable } from './settingsTable.js';

const schemaVersion = '1';
/** Of the settings; longer addresses are read as far as this. */
const longestHash = 512;

export interface ReadAddress {
  readonly settings: Settings;
  /** One sentence for everything that was clamped or not understood. */
  readonly notices: readonly string[];
}

/**
 * The settings as the hash of an address, without `#`: keys in fixed order, defaults left out.
 *
 * @example
 * printAddress({ ...defaultSettings, dataset: 'xor', stop: 600 }) // => 'v=1&d=xor&t=600'
 */
export function printAddress(settings: Settings): string {
  const parts = settingNames.flatMap((name) => {
    const { key, print } = settingsTable[name] as SettingSpec<unknown>;
    return isDefault(name, settings[name]) ? [] : [`${key}=${print(settings[name])}`];
  });
  return parts.length === 0 ? '' : [`v=${schemaVersion}`, ...parts].join('&');
}

/** Reads any text: what is unknown is left out, what is out of range is clamped, and both are said. Never throws. */
export function readAddress(hash: string): ReadAddress {
  const notices: string[] = [];
  const text = hash.replace(/^#/, '');
  if (text.length > longestHash)
    notices.push(`the link is longer than ${longestHash} characters: the rest was left out`);
  const settings: Record<string, unknown> = { ...defaultSettings };
  for (const part of text
    .slice(0, longestHash)
    .split('&')
    .filter((one) => one !== '')) {
    const [key, value = ''] = part.split('=', 2);
    if (key === 'v') {
      if (value !== schemaVersion)
        notices.push(`the link is of version ${printable(value)}, this page reads version ${schemaVersion}`);
      continue;
    }
    const name = settingNames.find((one) => settingsTable[one].key === key);
    const parsed = name && (settingsTable[name] as SettingSpec<unknown>).parse(value);
    if (!name || !parsed) {
      notices.push(`${printable(part)} is not understood and was left out`);
      continue;
    }
    settings[name] = parsed.value;
    notices.push(...parsed.notices);
  }
  return { settings: settings as unknown as Settings, notices };
}
