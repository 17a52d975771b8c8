import { ScrollRegion } from '../../../shell/ScrollRegion.js';
import { describeConic } from '../../../views/describeFormula.js';
import { FormulaMath } from '../../../views/FormulaMath.js';
import type { UnitState } from './unitState.js';

/** What x1 and x2 are to the layer, by the shapes of its inputs. */
const inputNotes: Readonly<Record<string, string | undefined>> = {
  '[[2]]': 'x1 and x2 are the two features of its input.',
  '[[1],[1]]': 'x1 is its first input and x2 its second, of one feature each.',
  '[[2,1]]': 'x1 and x2 are two fields, embedded in one number each.',
  '[[1,2]]': 'x1 and x2 are the two components of one field.',
};

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
      <p>{inputNotes[JSON.stringify(state.data.inputShapes)]}</p>
      <p>
        {degree === undefined
          ? 'With these options it is no polynomial.'
          : `A polynomial of degree ${degree}.`}
      </p>
    </div>
  );
}
