import { type DrawnPoint, mostLinkedPoints, printPoints, readPoints } from './pointsText.js';
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
  /** Drawn points, where the link holds some. */
  readonly points?: readonly DrawnPoint[];
}

/** Key of drawn points; last in a link, and no part of its 512 characters. */
const pointsKey = 'pt';

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

/** The settings with drawn points behind them. Throws nothing: of more points than a link holds, the first are in it. */
export function printAddressWithPoints(settings: Settings, points: readonly DrawnPoint[]): string {
  return `${printAddress(settings)}&${pointsKey}=${printPoints(points.slice(0, mostLinkedPoints))}`;
}

/** Reads any text: what is unknown is left out, what is out of range is clamped, and both are said. Never throws. */
export function readAddress(hash: string): ReadAddress {
  const notices: string[] = [];
  const [text, pointsText] = splitPoints(hash.replace(/^#/, ''));
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
  const read = { settings: settings as unknown as Settings, notices };
  if (pointsText === undefined) return read;
  if (read.settings.dataset !== 'drawn') {
    notices.push('the link holds points, but its data set has its own: they were left out');
    return read;
  }
  const { points, notices: faults } = readPoints(pointsText);
  notices.push(...faults);
  return points.length === 0 ? read : { ...read, points };
}

/** What is before the points, and the points. */
function splitPoints(text: string): readonly [settings: string, points?: string] {
  const key = `&${pointsKey}=`;
  const at = text.indexOf(key);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + key.length)];
}
