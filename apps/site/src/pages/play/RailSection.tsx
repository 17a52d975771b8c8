import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';

/** A group of settings: open on wide screens, folded on narrow ones until asked for. */
export function RailSection({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  const isWide = useMemo(
    () => typeof matchMedia === 'undefined' || matchMedia('(min-width: 1000px)').matches,
    [],
  );
  return (
    <details class="rail-section" open={isWide}>
      <summary>{title}</summary>
      <div class="rows">{children}</div>
    </details>
  );
}
