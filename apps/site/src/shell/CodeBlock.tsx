/** Text in its own lines, which scroll sideways by keyboard as well. */
export function CodeBlock({ text, id }: { readonly text: string; readonly id?: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0}>
      <code id={id}>{text}</code>
    </pre>
  );
}
