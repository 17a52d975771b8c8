import type { JudgedClaim } from '@polyneuron/experiments';

/** Four significant digits; scientific from 1e5 upward and below 1e-3. */
export function printFigure(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'not a number' : 'infinite';
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  return size >= 1e5 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
}

/** Mean and spread: 0.941 ± 0.002, or 1.2e-9 ×/÷ 3.1 where the claim goes by factors. */
export function printMean({ mean, spread, isByFactor, figures }: JudgedClaim): string {
  if (figures.length < 2) return printFigure(mean);
  return isByFactor
    ? `${printFigure(mean)} ×/÷ ${printFigure(Number(spread.toPrecision(2)))}`
    : `${printFigure(mean)} ± ${printFigure(Number(spread.toPrecision(2)))}`;
}
