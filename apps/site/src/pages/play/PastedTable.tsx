import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { mostRows, parseTable } from './parseTable.js';
import type { PlayState } from './playState.js';

/** A text field for a table of two features and a target. */
export function PastedTable({ play }: { readonly play: PlayState }) {
  const text = useSignal('');
  const answer = useSignal<readonly string[]>([]);
  const field = useId();
  const use = () => {
    const parsed = parseTable(text.value);
    if ('problems' in parsed) {
      answer.value = parsed.problems;
      return;
    }
    answer.value = [`Taken: ${parsed.summary}.`];
    play.usePoints(parsed.table);
  };
  return (
    <div class="pasted">
      <label for={field}>x1, x2, target: a line each, at most {mostRows} lines</label>
      <textarea
        id={field}
        rows={4}
        spellcheck={false}
        value={text.value}
        onInput={({ currentTarget }) => {
          text.value = currentTarget.value;
        }}
      />
      <button type="button" onClick={use}>
        Use these rows
      </button>
      <ul class="hint" aria-live="polite">
        {answer.value.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
