import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

/** Says texts politely; those within 3 s of each other are merged to one. */
export function LiveRegion({ text }: { readonly text: ReadonlySignal<string> }) {
  const said = useMemo(() => signal(''), []);
  useEffect(() => {
    let waiting: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let saidAt = Number.NEGATIVE_INFINITY;
    const say = () => {
      timer = undefined;
      saidAt = performance.now();
      said.value = waiting.join(' ');
      waiting = [];
    };
    const stop = effect(() => {
      if (text.value === '') return;
      waiting.push(text.value);
      const wait = saidAt + 3000 - performance.now();
      if (wait <= 0) say();
      else timer ??= setTimeout(say, wait);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [text, said]);
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {said}
    </div>
  );
}
