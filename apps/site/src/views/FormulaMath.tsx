import { type ComponentChildren, Fragment } from 'preact';
import type { Formula } from '../protocol/messages.js';
import { sortTerms, threeDigits } from './formulaTerms.js';

export interface FormulaMathProps {
  readonly terms: Formula['terms'];
  readonly names: readonly string[];
  /** What the polynomial is: 'y' of a regression, 'logit' of a probability. */
  readonly left: string;
}

/** A polynomial as one MathML element: three digits, by degree, small terms in grey. */
export function FormulaMath(props: FormulaMathProps) {
  return <math class="formula-math">{partsOf(props)}</math>;
}

/** The same as an element per term, so that a long formula breaks into lines between terms. */
export function FormulaLines(props: FormulaMathProps) {
  return (
    <span class="formula-lines">
      {partsOf(props).map((part, at) => (
        <math key={String(at)} class="formula-math">
          {part}
        </math>
      ))}
    </span>
  );
}

function partsOf({ terms, names, left }: FormulaMathProps): readonly ComponentChildren[] {
  const shown = sortTerms(terms);
  const start = (
    <Fragment key="left">
      <mi mathvariant="normal">{left}</mi>
      <mo>=</mo>
      {shown.length === 0 && <mn>0</mn>}
    </Fragment>
  );
  return [
    start,
    ...shown.map(({ coefficient, exponents, isSmall }, at) => (
      <mrow key={exponents.join()} class={isSmall ? 'small-term' : undefined}>
        {/* The empty element makes the sign stand between two */}
        {at > 0 && <mi />}
        {(at > 0 || coefficient < 0) && <mo>{coefficient < 0 ? '−' : '+'}</mo>}
        <Magnitude value={Math.abs(coefficient)} />
        {exponents.map((exponent, input) => exponent > 0 && power(names[input], exponent))}
      </mrow>
    )),
  ];
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
