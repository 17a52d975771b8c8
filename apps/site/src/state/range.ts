export interface WholeRange {
  readonly min: number;
  readonly max: number;
}

export function isWithin(value: number, { min, max }: WholeRange): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
