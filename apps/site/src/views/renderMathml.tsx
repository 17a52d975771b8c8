import { render } from 'preact';
import type { Formula } from '../protocol/messages.js';
import { FormulaMath } from './FormulaMath.js';

/** The shown formula as MathML text. */
export function renderMathml(terms: Formula['terms'], names: readonly string[]): string {
  const place = document.createElement('div');
  render(<FormulaMath terms={terms} names={names} left="f" />, place);
  const text = place.innerHTML.replace(
    '<math class="formula-math">',
    '<math xmlns="http://www.w3.org/1998/Math/MathML">',
  );
  render(null, place);
  return text;
}
