import type { PointTable } from '../../protocol/messages.js';
import { EngineError } from '../engineError.js';

const fewest = 4;
const most = 2000;

/** Throws EngineError unless there are points that can be learned from: enough, finite, both classes. */
export function requirePoints(table: PointTable | undefined): asserts table is PointTable {
  const rows = table?.points ?? [];
  if (rows.length < fewest || rows.length > most)
    throw new EngineError('data', `There must be ${fewest} to ${most} points; there are ${rows.length}.`);
  const broken = rows.findIndex((row) => row.length !== 3 || !row.every(Number.isFinite));
  if (broken >= 0) throw new EngineError('data', `Row ${broken + 1} is not three finite numbers.`);
  if (!table?.isClassification) return;
  const stray = rows.findIndex(([, , y]) => y !== 0 && y !== 1);
  if (stray >= 0)
    throw new EngineError('data', `Row ${stray + 1} has class ${rows[stray][2]}: classes are 0 and 1.`);
  if (new Set(rows.map(([, , y]) => y)).size < 2)
    throw new EngineError('data', 'All points are of one class; there must be some of each.');
}
