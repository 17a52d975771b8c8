import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Before the frame is measured, and at most. */
const initialWidth = 640;
const mostWidth = 880;

/** Draws a chart as wide as there is room, in whole pixels, so that its texts keep their size. */
export function ChartFrame({ children }: { readonly children: (width: number) => ComponentChildren }) {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(initialWidth);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setWidth(Math.min(mostWidth, Math.floor(element.clientWidth) || initialWidth)),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return <div ref={ref}>{children(width)}</div>;
}
