import type { Random } from '../random/random.js';

/** One column of the click data. */
export type ClickField =
  | { readonly name: string; readonly kind: 'categorical'; readonly categories: number }
  | { readonly name: string; readonly kind: 'numeric' };

/**
 * Two fields that interact: ⟨left(x_i), right(x_j)⟩. A table has one row per id of a categorical field and a single row
 * for a numeric field, which its value multiplies.
 */
export interface PlantedCross {
  readonly fields: readonly [number, number];
  readonly names: readonly [string, string];
  readonly left: readonly (readonly number[])[];
  readonly right: readonly (readonly number[])[];
}

export interface ClickModel {
  readonly fields: readonly ClickField[];
  /** First-order weights, [ids or 1][1] per field. */
  readonly linear: readonly number[][][];
  readonly crosses: readonly PlantedCross[];
}

const rank = 2;

/** Draws the law of the click data: fields, first-order weights and the crosses, on distinct pairs of fields. */
export function plantClickModel(
  config: { categoricalFields: number; categories: number; numericFields: number; crosses: number },
  random: Random,
): ClickModel {
  const fields: ClickField[] = [];
  for (let f = 0; f < config.categoricalFields; f++) {
    fields.push({ name: `category${f}`, kind: 'categorical', categories: config.categories });
  }
  for (let f = 0; f < config.numericFields; f++) fields.push({ name: `number${f}`, kind: 'numeric' });

  const linear = fields.map((field) => drawRows(field, 1, random));
  const pairs: [number, number][] = [];
  for (let i = 0; i < fields.length; i++) for (let j = i + 1; j < fields.length; j++) pairs.push([i, j]);
  const crosses = random
    .shuffle(pairs)
    .slice(0, config.crosses)
    .map(([i, j]): PlantedCross => {
      const right = center(drawRows(fields[j], rank, random));
      const left = scaleToUnitVariance(center(drawRows(fields[i], rank, random)), right);
      return { fields: [i, j], names: [fields[i].name, fields[j].name], left, right };
    });
  return { fields, linear, crosses };
}

function drawRows(field: ClickField, columns: number, random: Random): number[][] {
  const rows = field.kind === 'categorical' ? field.categories : 1;
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => random.normal()));
}

/** Subtracts the mean row, so that a uniform id alone says nothing. The single row of a numeric field stays. */
function center(rows: number[][]): number[][] {
  if (rows.length === 1) return rows;
  const means = rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);
  return rows.map((row) => row.map((value, k) => value - means[k]));
}

/**
 * Scales `left` so that the cross has mean square one: E⟨u, v⟩² = Σ_kl E[u_k u_l]·E[v_k v_l] = ⟨U, V⟩ for independent
 * sides, U and V their second moments, O((rows of left + rows of right)·rank²).
 */
function scaleToUnitVariance(left: number[][], right: number[][]): number[][] {
  const a = secondMoments(left);
  const b = secondMoments(right);
  const variance = a.reduce((sum, value, i) => sum + value * b[i], 0);
  const scale = 1 / Math.sqrt(variance);
  return left.map((row) => row.map((value) => value * scale));
}

function secondMoments(rows: number[][]): number[] {
  const moments = new Array<number>(rank * rank).fill(0);
  for (const row of rows) {
    for (let k = 0; k < rank; k++)
      for (let l = 0; l < rank; l++) moments[k * rank + l] += (row[k] * row[l]) / rows.length;
  }
  return moments;
}
