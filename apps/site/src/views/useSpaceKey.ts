import { useEffect } from 'preact/hooks';

/** Calls back on the space bar while no control has the focus. */
export function useSpaceKey(callback: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { activeElement } = document;
      const isFree = !activeElement || activeElement === document.body || activeElement.id === 'content';
      if (event.key !== ' ' || !isFree || event.repeat) return;
      event.preventDefault();
      callback();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [callback]);
}
