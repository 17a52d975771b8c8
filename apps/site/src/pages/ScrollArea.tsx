import type { ComponentChildren } from 'preact';

/** A wide table that scrolls sideways inside its own frame, by keyboard as well. */
export function ScrollArea({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard -- WCAG 2.1.1
    <section class="scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
