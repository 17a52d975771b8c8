import { ValueError } from '@polyneuron/graph';

/** Rejects a standard deviation that is negative or not finite. */
export function requireScale(layer: string, option: string, value: number): void {
  if (Number.isFinite(value) && value >= 0) return;
  throw new ValueError({
    subject: layer,
    expected: `${option} to be a finite number of at least 0`,
    received: String(value),
    fix: 'pass 0 to start without that path',
  });
}

/** Rejects a range that is not two finite numbers, the smaller first. */
export function requireRange(layer: string, range: readonly number[]): void {
  if (range.length === 2 && range.every(Number.isFinite) && range[0] < range[1]) return;
  throw new ValueError({
    subject: layer,
    expected: 'gridRange to be two finite numbers, the smaller first',
    received: `[${range.join(', ')}]`,
    fix: 'pass the range that the inputs take, such as [-1, 1]',
  });
}
