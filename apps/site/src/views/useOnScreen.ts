import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Session } from '../session/session.js';
import type { ViewName } from '../session/viewWishes.js';

/** Asks the session for a picture while the element is on screen, and only then. */
export function useOnScreen(element: RefObject<HTMLElement | null>, session: Session, view: ViewName): void {
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    let takeBack: (() => void) | undefined;
    const observer = new IntersectionObserver((entries) => {
      const isShown = entries.at(-1)?.isIntersecting ?? false;
      if (isShown) takeBack ??= session.wish(view);
      else {
        takeBack?.();
        takeBack = undefined;
      }
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      takeBack?.();
    };
  }, [element, session, view]);
}
