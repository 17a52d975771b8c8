import { useSignal } from '@preact/signals';
import type { DuelState } from './duelState.js';
import { printJavaScript, printLatex } from './formulaTerms.js';
import { renderMathml } from './renderMathml.js';

const kinds = ['LaTeX', 'JavaScript', 'MathML'] as const;

/** Buttons that copy our network's formula as text. */
export function FormulaCopy({ duel }: { readonly duel: DuelState }) {
  const copied = useSignal('');
  const copy = async (kind: (typeof kinds)[number]) => {
    const formula = duel.formula.peek();
    const names = duel.session.configured.peek()?.problem.inputNames;
    if (!formula || !names) return;
    const texts = {
      LaTeX: () => printLatex(formula.terms, names),
      JavaScript: () => printJavaScript(formula.terms, names),
      MathML: () => renderMathml(formula.terms, names),
    };
    try {
      await navigator.clipboard.writeText(texts[kind]());
      copied.value = `${kind} copied`;
    } catch {
      copied.value = 'This browser does not let the page copy.';
    }
  };
  return (
    <p class="copy-row">
      Copy as
      {kinds.map((kind) => (
        <button key={kind} type="button" onClick={() => void copy(kind)}>
          {kind}
        </button>
      ))}
      <span role="status">{copied.value}</span>
    </p>
  );
}
