import type { ShownTheme } from './palette.js';

/** The theme that the page shows now: the one chosen on the root element, else the system's. */
export function shownTheme(): ShownTheme {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return systemTheme().matches ? 'dark' : 'light';
}

let query: MediaQueryList | undefined;

/** One query for all pictures: each would cost as much as a small picture. */
function systemTheme(): MediaQueryList {
  query ??= matchMedia('(prefers-color-scheme: dark)');
  return query;
}

/** Calls back when the shown theme may have changed; returns what ends that. */
export function onThemeChange(callback: () => void): () => void {
  const system = systemTheme();
  system.addEventListener('change', callback);
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => {
    system.removeEventListener('change', callback);
    observer.disconnect();
  };
}
