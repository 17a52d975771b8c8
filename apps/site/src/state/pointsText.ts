/** @file Drawn points as text of an address: four characters a point. */

/** x1, x2 and class of each. */
export type DrawnPoint = readonly [x1: number, x2: number, y: number];

/** Surfaces show -3 to 3 at most, with 2 × 1447 + 1 places along each axis: 2895² × 2 is just below 64⁴. */
const limit = 3;
const halfPlaces = 1447;
const places = 2 * halfPlaces + 1;
const charactersPerPoint = 4;
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** That many take 6,000 characters. */
export const mostLinkedPoints = 1500;

export interface ReadPoints {
  readonly points: readonly DrawnPoint[];
  readonly notices: readonly string[];
}

/** The nearest place that a link can hold: a sixth of a pixel away at most, on a surface of 320. */
export function snapToLink(value: number): number {
  return (limit * clampedPlace(value)) / halfPlaces;
}

/**
 * Points as base64url digits: ((x1 place × 2895 + x2 place) × 2 + class), most significant first. Exact for points that
 * `snapToLink` moved.
 *
 * @example
 * printPoints([[0, 0, 1]]) // => 'f-Jh'
 */
export function printPoints(points: readonly DrawnPoint[]): string {
  return points
    .map(([x1, x2, y]) => {
      const place = (clampedPlace(x1) + halfPlaces) * places + clampedPlace(x2) + halfPlaces;
      const code = 2 * place + (y >= 0.5 ? 1 : 0);
      return [18, 12, 6, 0].map((shift) => digits[(code >> shift) & 63]).join('');
    })
    .join('');
}

/** Reads any text: what is no point is left out, and that is said. Never throws. */
export function readPoints(text: string): ReadPoints {
  const notices: string[] = [];
  const most = charactersPerPoint * mostLinkedPoints;
  if (text.length > most)
    notices.push(`the link holds more than ${mostLinkedPoints} points: the rest was left out`);
  const taken = text.slice(0, most);
  const codes = Array.from({ length: Math.ceil(taken.length / charactersPerPoint) }, (_, at) =>
    codeOf(taken.slice(charactersPerPoint * at, charactersPerPoint * (at + 1))),
  );
  const valid = codes.filter((code) => code !== undefined);
  if (valid.length < codes.length)
    notices.push(
      `${codes.length - valid.length} of ${codes.length} points of the link are not understood and were left out`,
    );
  return { points: valid.map(pointOf), notices };
}

function codeOf(word: string): number | undefined {
  const values = [...word].map((character) => digits.indexOf(character));
  if (values.length < charactersPerPoint || values.includes(-1)) return undefined;
  const code = values.reduce((sum, value) => 64 * sum + value, 0);
  return code < 2 * places * places ? code : undefined;
}

function pointOf(code: number): DrawnPoint {
  const place = code >> 1;
  const toValue = (at: number) => (limit * (at - halfPlaces)) / halfPlaces;
  return [toValue(Math.floor(place / places)), toValue(place % places), code & 1];
}

function clampedPlace(value: number): number {
  const place = Math.round((value * halfPlaces) / limit);
  // 0 has one sign only, so that what is read equals what was printed
  return Math.min(halfPlaces, Math.max(-halfPlaces, place)) || 0;
}
