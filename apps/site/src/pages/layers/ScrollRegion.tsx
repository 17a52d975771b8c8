import type { ComponentChildren } from 'preact';

/** A part that is wider than the page at times: it scrolls sideways by itself, also by keyboard. */
export function ScrollRegion({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: -- a region that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}

/** Text in its own lines. */
export function CodeBlock({ text, id }: { readonly text: string; readonly id?: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: -- a region that scrolls must be reachable by keyboard
    <pre tabIndex={0}>
      <code id={id}>{text}</code>
    </pre>
  );
}
