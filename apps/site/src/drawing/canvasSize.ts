/** A size in CSS pixels. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
}

const watched = new WeakMap<Element, CanvasSize>();

/**
 * Calls back when a canvas has another size, and remembers the size in between, so that painting it does not make the
 * browser lay out the page anew in the middle of a frame. Returns what ends that.
 */
export function watchSize(canvas: HTMLCanvasElement, onChange: () => void): () => void {
  const observer = new ResizeObserver(() => {
    watched.set(canvas, measure(canvas));
    onChange();
  });
  observer.observe(canvas);
  return () => {
    observer.disconnect();
    watched.delete(canvas);
  };
}

/** The size that a canvas has now. */
export function sizeOf(canvas: HTMLCanvasElement): CanvasSize {
  return watched.get(canvas) ?? measure(canvas);
}

function measure({ clientWidth: width, clientHeight: height }: HTMLCanvasElement): CanvasSize {
  return { width, height };
}
