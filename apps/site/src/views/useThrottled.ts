import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

/**
 * What `read` makes of a value, changed at most once in so many milliseconds; the last change is never lost.
 *
 * Frames lend their arrays: what is shown later than at once is read from them when it changes, not when it is drawn.
 * `read` must not change from one call to the next.
 */
export function useThrottled<T, Result = T>(
  source: ReadonlySignal<T>,
  milliseconds: number,
  read: (value: T) => Result = asIs<T, Result>,
): ReadonlySignal<Result> {
  const slow = useMemo(() => signal(read(source.peek())), [source, read]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shownAt = Number.NEGATIVE_INFINITY;
    const show = () => {
      timer = undefined;
      shownAt = performance.now();
      slow.value = read(source.peek());
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
  }, [source, slow, milliseconds, read]);
  return slow;
}

function asIs<T, Result>(value: T): Result {
  return value as unknown as Result;
}
