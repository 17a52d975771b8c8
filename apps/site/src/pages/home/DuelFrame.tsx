import type { ComponentChildren } from 'preact';

export interface DuelFrameProps {
  readonly controls: ComponentChildren;
  /** Headings, surfaces and scores, ours first. */
  readonly sides: readonly [DuelSide, DuelSide];
  readonly loss: ComponentChildren;
  readonly formula: ComponentChildren;
}

export interface DuelSide {
  readonly title: ComponentChildren;
  readonly parameters: ComponentChildren;
  readonly surface: ComponentChildren;
  readonly score: ComponentChildren;
}

/** Where the parts of the duel stand: the still in the HTML and the live one have the same places, so nothing jumps. */
export function DuelFrame({ controls, sides, loss, formula }: DuelFrameProps) {
  return (
    <div class="duel">
      <div class="duel-controls">{controls}</div>
      {sides.map(({ title, parameters, surface, score }, at) => (
        <article key={at === 0 ? 'ours' : 'rival'} class={`duel-side ${at === 0 ? 'is-ours' : 'is-rival'}`}>
          <h2>
            {title}
            <small>{parameters}</small>
          </h2>
          {surface}
          <p class="duel-score">{score}</p>
        </article>
      ))}
      <section class="duel-loss" aria-labelledby="loss-title">
        <h2 id="loss-title">Loss</h2>
        {loss}
      </section>
      <section class="duel-formula" aria-labelledby="formula-title">
        <h2 id="formula-title">The formula it learned</h2>
        {formula}
      </section>
    </div>
  );
}
