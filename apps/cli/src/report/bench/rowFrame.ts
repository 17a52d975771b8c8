import type { PlotOptions } from '@observablehq/plot';
import type { Axis } from '../figures/axes.js';

export interface RowFrame {
  /** A name before and a text behind each row. */
  readonly rows: readonly { readonly name: string; readonly text: string }[];
  readonly rowHeight: number;
  readonly axis: Axis;
  readonly label: string;
}

const width = 520;
const marginBottom = 44;
/** Still fits when the style sheet enlarges the font on narrow screens. */
const characterWidth = 7.6;

/** Size, margins and horizontal axis of a chart that has a row for each contender. */
export function rowFrame({ rows, rowHeight, axis, label }: RowFrame) {
  const longestName = Math.max(...rows.map(({ name }) => name.length));
  const longestText = Math.max(...rows.map(({ text }) => text.length));
  return {
    width,
    height: rows.length * rowHeight + marginBottom + 6,
    marginTop: 6,
    marginBottom,
    marginLeft: 12 + characterWidth * longestName,
    marginRight: 14 + characterWidth * longestText,
    x: {
      type: axis.type,
      domain: axis.domain,
      ticks: axis.ticks,
      tickFormat: axis.format,
      tickSize: 0,
      grid: true,
      label,
      labelAnchor: 'center',
      labelArrow: 'none',
      labelOffset: 38,
    },
  } satisfies PlotOptions;
}
