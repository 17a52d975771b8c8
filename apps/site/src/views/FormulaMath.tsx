import { type ComponentChildren, Fragment } from 'preact';
import type { Formula } from '../protocol/messages.js';
import { sortTerms, threeDigits } from './formulaTerms.js';

export interface FormulaMathProps {
  readonly terms: Formula['terms'];
  readonly names: readonly string[];
  /** What the polynomial is: 'y' of a regression, 'logit' of a probability. */
  readonly left: string;
}

/** A polynomial as MathML: three digits, by degree, small terms in grey. */
export function FormulaMath({ terms, names, left }: FormulaMathProps) {
  const shown = sortTerms(terms);
  return (
    <math class="formula-math">
      <mi mathvariant="normal">{left}</mi>
      <mo>=</mo>
      {shown.length === 0 && <mn>0</mn>}
      {shown.map(({ coefficient, exponents, isSmall }, at) => (
        <Fragment key={exponents.join()}>
          {(at > 0 || coefficient < 0) && (
            <mo class={isSmall ? 'small-term' : undefined}>{coefficient < 0 ? '−' : '+'}</mo>
          )}
          <mrow class={isSmall ? 'small-term' : undefined}>
            <Magnitude value={Math.abs(coefficient)} />
            {exponents.map((exponent, input) => exponent > 0 && power(names[input], exponent))}
          </mrow>
        </Fragment>
      ))}
    </math>
  );
}

function Magnitude({ value }: { readonly value: number }) {
  const [digits, exponent] = threeDigits(value).split('e');
  if (exponent === undefined) return <mn>{digits}</mn>;
  return (
    <>
      <mn>{digits}</mn>
      <mo>·</mo>
      <msup>
        <mn>10</mn>
        <mn>{Number(exponent)}</mn>
      </msup>
    </>
  );
}

function power(name: string, exponent: number): ComponentChildren {
  const [, letter, index] = /^([a-z]+)(\d+)$/i.exec(name) ?? [];
  if (index === undefined) {
    return exponent === 1 ? (
      <mi key={name}>{name}</mi>
    ) : (
      <msup key={name}>
        <mi>{name}</mi>
        <mn>{exponent}</mn>
      </msup>
    );
  }
  if (exponent === 1) {
    return (
      <msub key={name}>
        <mi>{letter}</mi>
        <mn>{index}</mn>
      </msub>
    );
  }
  return (
    <msubsup key={name}>
      <mi>{letter}</mi>
      <mn>{index}</mn>
      <mn>{exponent}</mn>
    </msubsup>
  );
}
