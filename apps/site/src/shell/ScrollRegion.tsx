import type { ComponentChildren } from 'preact';

/** A part that is wider than the page at times: it scrolls sideways by itself, by keyboard as well (WCAG 2.1.1). */
export function ScrollRegion({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
