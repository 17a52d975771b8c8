import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

/** The same value, changed at most once in so many milliseconds; the last change is never lost. */
export function useThrottled<T>(source: ReadonlySignal<T>, milliseconds: number): ReadonlySignal<T> {
  const slow = useMemo(() => signal(source.peek()), [source]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownAt = Number.NEGATIVE_INFINITY;
    const show = () => {
      timer = undefined;
      shownAt = performance.now();
      slow.value = source.peek();
    };
    const stop = effect(() => {
      source.value;
      const wait = shownAt + milliseconds - performance.now();
      if (wait <= 0) show();
      else timer ??= setTimeout(show, wait);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [source, slow, milliseconds]);
  return slow;
}
