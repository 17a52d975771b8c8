import { defaultSettings, type Settings } from '../state/settings.js';
import { type SettingSpec, settingNames, settingsTable } from '../state/settingsTable.js';
import { type Check, fields, optional } from './checks.js';

/** A value is one that its own text stands for: of the right type and in range. */
const settingCheck =
  (setting: keyof Settings): Check =>
  (value, name) => {
    const { parse, print } = settingsTable[setting] as SettingSpec<unknown>;
    try {
      const parsed = parse(print(value));
      const isSame = typeof value === typeof defaultSettings[setting] && parsed?.notices.length === 0;
      return isSame ? undefined : `${name} is out of its range`;
    } catch {
      return `${name} is malformed`;
    }
  };

const each = settingNames.map((name) => [name, settingCheck(name)] as const);

export const allSettings: Check = fields(Object.fromEntries(each));
export const someSettings: Check = fields(
  Object.fromEntries(each.map(([name, check]) => [name, optional(check)])),
);
