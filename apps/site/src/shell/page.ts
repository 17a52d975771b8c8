import type { ComponentChildren } from 'preact';

export type ClientEntry = 'home' | 'play' | 'layer' | 'experiments' | 'bench' | 'text';

/** One page of the site; it reads without its script, which brings it to life. */
export interface Page {
  /** With a slash at its start and end. */
  readonly path: string;
  readonly title: string;
  /** One sentence for search engines and shared links. */
  readonly description: string;
  readonly entry: ClientEntry;
  /** The one next step that the page ends with. */
  readonly next?: { readonly path: string; readonly text: string };
  readonly content: () => ComponentChildren;
}

export interface PageAssets {
  readonly script: string;
  readonly preloads: readonly string[];
  readonly styles: readonly string[];
}
