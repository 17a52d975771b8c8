/** @file What a document claims, as something that a run can be held against. Tolerances are part of the claim. */

export interface Claim {
  /** In words: 'The cross network ends with an MSE of at most 4.0e-8.' */
  readonly text: string;
  /** Name of the contender whose figure is judged. */
  readonly contender: string;
  /** 'mse', 'outOfRange mse', 'train loss', 'parameters': as in `Published`. */
  readonly metric: string;
  readonly check: Check;
  /** Where the document says it. */
  readonly source: string;
  /** The images that the figure was published for; with others it is shown and not judged. */
  readonly needs?: 'mnist' | 'fashion-mnist';
}

/** What the figure must be. Factors suit errors, whose sizes spread over decades; margins suit accuracies. */
export type Check =
  /** published / factor <= figure <= published · factor */
  | { readonly kind: 'within'; readonly published: number; readonly factor: number }
  /** low / factor <= figure <= high · factor: the document gives two figures for one thing. */
  | { readonly kind: 'between'; readonly low: number; readonly high: number; readonly factor: number }
  /** |figure - published| <= margin */
  | { readonly kind: 'near'; readonly published: number; readonly margin: number }
  /** figure <= published · factor */
  | { readonly kind: 'atMost'; readonly published: number; readonly factor: number }
  /** figure = published */
  | { readonly kind: 'equals'; readonly published: number }
  /** figure · factor < the same metric of another contender */
  | { readonly kind: 'below'; readonly other: string; readonly factor: number };

/** An experiment as a card shows it before it runs. */
export interface ClaimSheet {
  /** The document's claim in a sentence or two. */
  readonly claim: string;
  /** What is trained here, how long and on what. */
  readonly setup: string;
  /** Every departure from the document. */
  readonly deviations: readonly string[];
  /** Fixed before any run was looked at. Empty where the document has no figure and no comparison. */
  readonly claims: readonly Claim[];
}
