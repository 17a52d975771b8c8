import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where golden numbers come from. */
export interface Provenance {
  readonly framework: string;
  readonly version: string;
  /** Path from the repository's root of the script that writes the file. */
  readonly script: string;
  readonly date: string;
}

export interface GoldenFile<Case> {
  readonly provenance: Provenance;
  readonly cases: readonly Case[];
}

/** The folder `vectors` at the repository's root; this file is three levels below it in `src` and in `dist`. */
const folder = fileURLToPath(new URL('../../../vectors/', import.meta.url));

/**
 * The cases of the golden file `vectors/<topic>.json`.
 *
 * The strings "NaN", "Infinity" and "-Infinity", which JSON has no numbers for, are read as numbers.
 *
 * Throws   Error when the file is missing, has no provenance or no case
 */
export function vectors<Case>(topic: string): readonly Case[] {
  return goldenFile<Case>(topic).cases;
}

export function hasGoldenFile(topic: string): boolean {
  return existsSync(pathOf(topic));
}

/** The golden file with its provenance. */
export function goldenFile<Case>(topic: string): GoldenFile<Case> {
  const path = pathOf(topic);
  if (!hasGoldenFile(topic)) {
    throw new Error(
      `vectors: no golden file vectors/${topic}.json. Fix: run the script in vectors/generate that writes it.`,
    );
  }
  return parseGoldenFile<Case>(readFileSync(path, 'utf8'), topic);
}

function pathOf(topic: string): string {
  return `${folder}${topic}.json`;
}

/** Parses the text of a golden file; `topic` is for messages. */
export function parseGoldenFile<Case>(text: string, topic: string): GoldenFile<Case> {
  const file = JSON.parse(text, reviveSpecialNumber) as Partial<GoldenFile<Case>>;
  const { provenance, cases } = file;
  const missing = (['framework', 'version', 'script', 'date'] as const).filter(
    (field) => !provenance?.[field],
  );
  if (!provenance || missing.length > 0)
    throw new Error(`vectors: ${topic}.json lacks provenance: ${missing.join(', ')}`);
  if (!Array.isArray(cases) || cases.length === 0) throw new Error(`vectors: ${topic}.json has no case`);
  return { provenance, cases };
}

const specialNumbers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
};

function reviveSpecialNumber(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? (specialNumbers[value] ?? value) : value;
}
