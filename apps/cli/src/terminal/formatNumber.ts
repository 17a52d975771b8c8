/** A measured value for people: 4 significant digits, an exponent where the plain form would be long; '–' for none. */
export function formatNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2).replace('e+', 'e');
  if (Number.isInteger(value)) return formatCount(value);
  return String(Number(value.toPrecision(4)));
}

/** An exact count with thousands separators: 101,200. */
export function formatCount(value: number): string {
  return value.toLocaleString('en-US');
}

/** Wall time: '0.4 s', '83 s'; '–' for none, where nothing ran to its end. */
export function formatSeconds(seconds: number): string {
  if (Number.isNaN(seconds)) return '–';
  return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
}

/** Memory: '1.5 GiB'. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  const power = bytes > 0 ? Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10)) : 0;
  const value = bytes / 2 ** (10 * power);
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
