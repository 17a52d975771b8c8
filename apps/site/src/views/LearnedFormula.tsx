import { useRef } from 'preact/hooks';
import { describeConic, describeGap } from './describeFormula.js';
import { formulaLeft } from './duelPictures.js';
import type { DuelState } from './duelState.js';
import { FormulaLines } from './FormulaMath.js';
import { useOnScreen } from './useOnScreen.js';
import { useThrottled } from './useThrottled.js';

/** What our network computes, written out, at four pictures a second. */
export function LearnedFormula({ duel }: { readonly duel: DuelState }) {
  const element = useRef<HTMLDivElement>(null);
  useOnScreen(element, duel.session, 'formula');
  // Laying out a long formula takes longer than drawing all else
  const isLong = (duel.formula.peek()?.terms.length ?? 0) > 12;
  const { value: formula } = useThrottled(duel.formula, isLong ? 1000 : 250);
  const { value: configured } = duel.session.configured;
  return (
    <div ref={element} class="formula">
      {formula && configured ? (
        <>
          <section
            class="formula-line"
            aria-label="Formula"
            tabIndex={formula.terms.length > 9 ? 0 : undefined}
          >
            <FormulaLines
              terms={formula.terms}
              names={configured.problem.inputNames}
              left={formulaLeft(configured.problem)}
            />
          </section>
          {formula.conic && <p>Zero on: {describeConic(formula.conic)}.</p>}
          <p class="gap-line">{describeGap(formula)}</p>
        </>
      ) : (
        <p>This network has no formula to print yet.</p>
      )}
    </div>
  );
}
