import { describeConic, describeGap } from '../../views/describeFormula.js';
import { FormulaLines } from '../../views/FormulaMath.js';
import type { StillResult } from './stills/makeStills.js';
import still from './stills/still.json' with { type: 'json' };

/** What seed 1 came to when scripts/drawStills.mjs last ran. */
export const stillResult: StillResult = still as unknown as StillResult;

/** The formula of that run. */
export function StillFormula() {
  const { formula, names } = stillResult;
  if (!formula) return null;
  return (
    <div class="formula">
      <div class="formula-line">
        <FormulaLines terms={formula.terms} names={names} left="logit" />
      </div>
      {formula.conic && <p>Zero on: {describeConic(formula.conic)}.</p>}
      <p class="gap-line">{describeGap(formula)}</p>
    </div>
  );
}
