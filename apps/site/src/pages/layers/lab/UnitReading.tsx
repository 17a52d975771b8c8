import { describeConic } from '../../../views/describeFormula.js';
import { FormulaMath } from '../../../views/FormulaMath.js';
import { ScrollRegion } from '../ScrollRegion.js';
import type { UnitState } from './unitState.js';

/** What the unit computes, in words: its polynomial where it is one, and the curve y = 0 of degree 2. */
export function UnitReading({ state }: { readonly state: UnitState }) {
  const { picture, unit } = state;
  const { terms, conic } = picture.value ?? {};
  const { degree } = unit.value;
  return (
    <div class="reading">
      <h3>What this unit computes</h3>
      {terms && (
        <ScrollRegion label="The polynomial of this unit">
          <FormulaMath terms={terms} names={['x1', 'x2']} left="y" />
        </ScrollRegion>
      )}
      {conic && <p class="conic">y = 0 on: {describeConic(conic)}.</p>}
      <p>
        {degree === undefined
          ? 'With these options it is no polynomial.'
          : `A polynomial of degree ${degree}.`}
      </p>
    </div>
  );
}
