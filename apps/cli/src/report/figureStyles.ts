/** @file The part of the style sheet that is about figures. */

export const figureStyles = `
.figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 2.75rem 2.5rem; }
.full { grid-column: 1 / -1; min-width: 0; }
figure { margin: 0; min-width: 0; }
figcaption { margin: 0 0 0.5rem; font-weight: 600; font-size: 0.95rem; }
figcaption code { font-size: 0.95em; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1.5rem 2.5rem; }
.panel-title { margin: 0.25rem 0 0.25rem; font-size: 0.85rem; color: var(--muted); }
.note { margin: 0.5rem 0 0; font-size: 0.85rem; }
.placeholder { margin: 0; padding: 1.25rem; border: 1px dashed var(--rule); border-radius: 6px; color: var(--muted); }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; margin: 0 0 0.75rem; padding: 0; list-style: none; font-size: 0.85rem; }
.legend li { display: flex; align-items: center; }
.legend .symbol, .patch { margin-right: 0.45rem; }
.patch { width: 16px; height: 12px; background: color-mix(in srgb, var(--series-0) 14%, var(--paper)); border: 1px solid var(--rule); }

.plot {
  display: block; max-width: 100%; height: auto; overflow: visible;
  --plot-background: var(--paper); color: var(--ink); font-size: 12px; font-family: inherit;
}
.plot text { white-space: pre; }
.plot [aria-label$='tick label'], .plot [aria-label$='axis label'] { fill: var(--muted); }

.scale { display: flex; flex-wrap: wrap; align-items: center; gap: 0.3rem 0.55rem; margin: 0 0 0.75rem; font-size: 0.85rem; }
.scale b { margin-right: 0.6rem; font-weight: 400; color: var(--muted); }
.scale span { font-variant-numeric: tabular-nums; }
.formula { margin: 0 0 0.6rem; padding-left: 3.6rem; text-indent: -3.6rem; font-size: 0.95rem; line-height: 1.5; }
.formula b { display: inline-block; width: 3.6rem; text-indent: 0; font-weight: 400; font-size: 0.85rem; color: var(--muted); }

.blocks { display: flex; flex-wrap: wrap; gap: 1.25rem 1.5rem; }
.strip-name { margin: 0 0 0.25rem; font-size: 0.8rem; color: var(--muted); }
.grey { display: block; width: var(--wide); max-width: 100%; height: auto; margin: 0 0 0.75rem; image-rendering: pixelated; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19.5rem), 1fr)); gap: 1.75rem 2rem; }
.card { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 0.75rem; align-items: start; align-content: start; }
.card .grey { border: 1px solid var(--rule); }
.verdict { grid-column: 1 / -1; display: flex; gap: 0.75rem; margin: 0 0 0.5rem; font-size: 0.9rem; font-weight: 600; }
.verdict b { font-weight: 500; }
.right { color: var(--series-0); }
.wrong { color: var(--series-1); }

@media (max-width: 52rem) { .figures { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 40rem) {
  .grey { width: var(--narrow); }
  .panels .plot, .half .plot { font-size: 14px; }
}
@media print {
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.5rem; }
  .panels .plot, .half .plot { font-size: 14px; }
  .panels { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; }
  .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .grey { width: var(--narrow); }
}
`;
