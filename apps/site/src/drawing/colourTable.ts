import { fromOklab, mixOklab, type Oklab, parseHex, type Rgb, toLinear, toOklab } from './oklab.js';
import { palettes, type ShownTheme } from './palette.js';

/** 256 pixels as a 32-bit view of ImageData has them: red in the lowest byte. */
export type ColourTable = Uint32Array;

/** An opaque pixel of a 32-bit view of ImageData on a little-endian machine, which every browser runs on. */
export function packPixel([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Negative, neutral, positive of the theme, linear in OKLab; entry 0 is the negative end, 255 the positive one. */
export function divergingTable(theme: ShownTheme): ColourTable {
  const { negative, neutral, positive } = palettes[theme];
  return tableThrough([negative, neutral, positive]);
}

/** Ten stops of cividis (Nuñez, Anderton, Renslow 2018), dark blue to yellow. */
const cividisStops = [
  '#00204d',
  '#00336f',
  '#39486b',
  '#575c6d',
  '#707173',
  '#8a8779',
  '#a69d75',
  '#c4b56c',
  '#e4cf5b',
  '#ffea46',
];

/** For magnitudes without a sign: cividis, the same in both themes. */
export function sequentialTable(): ColourTable {
  return tableThrough(cividisStops);
}

/** Evenly spaced stops, straight in OKLab between them. */
function tableThrough(stops: readonly string[]): ColourTable {
  const anchors: readonly Oklab[] = stops.map((stop) => toOklab(parseHex(stop)));
  return Uint32Array.from({ length: 256 }, (_, index) => {
    const place = (index / 255) * (anchors.length - 1);
    const stop = Math.min(anchors.length - 2, Math.floor(place));
    return packPixel(fromOklab(mixOklab(anchors[stop], anchors[stop + 1], place - stop)));
  });
}

/** The CSS colour of an entry. */
export function cssColour(table: ColourTable, index: number): string {
  const pixel = table[Math.min(255, Math.max(0, Math.round(index)))];
  const hex = (value: number) => (value & 255).toString(16).padStart(2, '0');
  return `#${hex(pixel)}${hex(pixel >> 8)}${hex(pixel >> 16)}`;
}

/**
 * Whether white text reads better on a colour than black text: its relative luminance L is below that of equal contrast,
 * 1.05 / (L + 0.05) = (L + 0.05) / 0.05. The better of the two has a contrast of 4.5 at least on any colour.
 */
export function isDarkColour(colour: string): boolean {
  const [red, green, blue] = parseHex(colour).map(toLinear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05 < Math.sqrt(1.05 * 0.05);
}

/** The entry of a value on a scale from -limit to limit. */
export function signedIndex(value: number, limit: number): number {
  return limit > 0 ? 127.5 * (1 + Math.min(1, Math.max(-1, value / limit))) : 127.5;
}
