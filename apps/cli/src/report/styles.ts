/** @file The style sheet of the report: colours for light, dark and paper, and the form of page, text and tables. */
import { figureStyles } from './figureStyles.js';

/** Series colours have a contrast of at least 4.5 to the paper and differ in lightness for colour-blind readers. */
const light = `
  color-scheme: light;
  --paper: #ffffff; --raised: #f5f6f8; --ink: #1c1f26; --muted: #5b6270; --rule: #dcdfe5; --axis: #8b919d; --bar: #a9afbb;
  --link: #0a5c9e; --best: #e7eff8;
  --heat-zero: #f1f3f6; --heat-high: #0a67ac; --heat-low: #b84500; --on-faint: #000000; --on-strong: #ffffff;
  --series-0: #0a67ac; --series-1: #b84500; --series-2: #2a2166; --series-3: #b5347f;
  --series-4: #4a2c1f; --series-5: #2f7d32; --series-6: #00584f; --series-7: #6a5a00;`;

const dark = `
  color-scheme: dark;
  --paper: #15171c; --raised: #1e2128; --ink: #e6e8ec; --muted: #a4abb8; --rule: #343943; --axis: #7c8492; --bar: #6b7280;
  --link: #7cc0f5; --best: #22344a;
  --heat-zero: #24272e; --heat-high: #5fb4f2; --heat-low: #ff9b57; --on-faint: #ffffff; --on-strong: #000000;
  --series-0: #5fb4f2; --series-1: #ff9b57; --series-2: #c5e89a; --series-3: #b98cf5;
  --series-4: #ffd9e8; --series-5: #1fa37a; --series-6: #d96a6a; --series-7: #9aa2b1;`;

export const styles = `
:root {${light}
}
@media screen and (prefers-color-scheme: dark) { :root {${dark}
} }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0 auto; max-width: 74rem; padding: 3.5rem 2rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3 { line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; text-wrap: balance; }
h1 { margin: 0; font-size: 2.25rem; letter-spacing: -0.02em; }
h1 span { color: var(--muted); font-weight: 400; }
h2 { margin: 0 0 1rem; font-size: 1.6rem; }
h3 { margin: 2.75rem 0 1rem; font-size: 1.1rem; }
a { color: var(--link); text-underline-offset: 0.18em; text-decoration-thickness: 1px; }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 3px; border-radius: 2px; }
code { font: 0.9em ui-monospace, 'SF Mono', 'Cascadia Mono', 'Liberation Mono', Menlo, monospace; }
small, .muted, .note, .lead { color: var(--muted); }
.lead { margin: 0.75rem 0 0; max-width: 42rem; font-size: 1.1rem; }
.prose { max-width: 44rem; margin: 0 0 1rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 2rem; top: 1rem; }
.facts { display: flex; flex-wrap: wrap; gap: 0.9rem 2.5rem; margin: 1.75rem 0 0; font-size: 0.9rem; }
.facts div { max-width: 36rem; }
.facts dt { color: var(--muted); font-size: 0.8rem; }
.facts dd { margin: 0; font-variant-numeric: tabular-nums; }
nav { margin: 2.75rem 0 0; padding: 1.25rem 1.5rem; background: var(--raised); border-radius: 8px; }
nav h2 { margin: 0 0 0.5rem; font-size: 0.95rem; letter-spacing: 0; }
nav ol { margin: 0; padding-left: 1.4rem; }
nav li { padding: 0.15rem 0; }
nav .muted { font-size: 0.85rem; white-space: nowrap; margin-left: 0.35rem; }
.experiment { margin-top: 4.5rem; padding-top: 2.5rem; border-top: 1px solid var(--rule); }
.id { margin: 0 0 0.35rem; color: var(--muted); }
footer { margin-top: 5rem; padding-top: 1.25rem; border-top: 1px solid var(--rule); color: var(--muted); font-size: 0.85rem; }

.scroll {
  /* Contains the absolutely placed texts for screen readers, which would else widen the page. */
  position: relative;
  overflow-x: auto;
  background:
        linear-gradient(to left, var(--paper) 50%, transparent) right / 2rem 100% no-repeat local,
    linear-gradient(to left, color-mix(in srgb, var(--ink) 14%, transparent), transparent) right / 0.75rem 100% no-repeat scroll,
    var(--paper);
}
table { border-collapse: separate; border-spacing: 0; font-size: 0.87rem; line-height: 1.4; min-width: min(100%, 30rem); }
caption:not(.hidden) { padding: 0 0 0.6rem; text-align: left; font-weight: 600; font-size: 0.95rem; }
caption .note { font-weight: 400; font-size: 0.85rem; }
th, td { padding: 0.5rem 0.6rem; text-align: left; vertical-align: baseline; }
th:first-child, td:first-child { padding-left: 0.25rem; }
thead th { color: var(--muted); font-weight: 500; font-size: 0.82rem; vertical-align: bottom; }
thead tr:last-child th { border-bottom: 1px solid var(--axis); }
thead th[rowspan] { border-bottom: 1px solid var(--axis); }
thead .group { padding-bottom: 0.15rem; color: var(--ink); text-align: center; }
tbody th { font-weight: 500; min-width: 12rem; max-width: 20rem; }
/* Above each row, not below: the background of a sticky header would hide the line of the row before. */
tbody tr + tr > * { border-top: 1px solid var(--rule); }
tbody tr:last-child > * { border-bottom: 1px solid var(--rule); }
.numeric { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums lining-nums; }
thead .numeric { white-space: normal; }
.tail { display: inline-block; text-align: left; }
.best { background: var(--best); }
.best strong { font-weight: 700; }
.remark { display: block; min-width: 14rem; max-width: 34rem; color: var(--muted); }
.contender { display: flex; gap: 0.55rem; align-items: baseline; }
.swatch { display: inline-flex; gap: 0.35rem; align-items: center; flex: none; margin-right: 0.4rem; }
.swatch svg { stroke-width: 2.4; }
.swatch b { min-width: 0.75em; font-size: 0.85em; }
${figureStyles}
@media (max-width: 40rem) {
  body { padding: 2rem 1rem 3rem; }
  h1 { font-size: 1.75rem; }
  h1 span { display: block; font-size: 1.25rem; }
  h2 { font-size: 1.35rem; }
  nav { padding: 1rem; }
  th, td { padding: 0.45rem 0.6rem; }
  tbody th { min-width: 7rem; }
  th:first-child { position: sticky; left: 0; background: var(--paper); }
  tbody .swatch svg { display: none; }
}
@page { margin: 16mm 14mm; }
@media print {
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; line-height: 1.45; }
  .skip { display: none; }
  .scroll { overflow: visible; background: none; }
  table { font-size: 0.76rem; min-width: 0; }
  th, td { padding: 0.3rem 0.3rem; }
  tbody th { min-width: 6rem; }
  tbody .swatch svg { display: none; }
  .remark { min-width: 0; }
  h2, h3, caption, figcaption { break-after: avoid; }
  tr, figure, .card, .block { break-inside: avoid; }
  .experiment { margin-top: 2.5rem; padding-top: 1.5rem; }
  .best, nav, .patch { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
