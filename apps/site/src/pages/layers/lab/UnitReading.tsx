import type { Conic } from '../../../layerLab/conic.js';
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
      {conic && <p class="conic">{conicSentence(conic)}</p>}
      <p>
        {degree === undefined
          ? 'With these options it is no polynomial.'
          : `A polynomial of degree ${degree}.`}
      </p>
    </div>
  );
}

/** 'The curve y = 0 is an ellipse with center (0.1, -0.2), radii 0.6 and 0.4, turned by 31°.' */
export function conicSentence({ name, center, radii, angleDegrees }: Conic): string {
  const short = (value: number) => Number(value.toPrecision(3)).toString().replace('-', '−');
  const article = /^(circle|ellipse|hyperbola|parabola|line|single point)$/.test(name)
    ? name === 'ellipse'
      ? 'an '
      : 'a '
    : '';
  const parts = [
    center && `center (${center.map(short).join(', ')})`,
    radii && (name === 'circle' ? `radius ${short(radii[0])}` : `radii ${radii.map(short).join(' and ')}`),
  ].filter((part) => part !== undefined);
  const turned =
    angleDegrees !== undefined && name !== 'circle'
      ? `, its axis at ${short(Math.round(angleDegrees))}°`
      : '';
  return `The curve y = 0 is ${article}${name}${parts.length > 0 ? ` with ${parts.join(', ')}` : ''}${turned}.`;
}
