/** @file The rows of docs/depth.md that belong to a layer: variances measured with the sources of this build. */
import page from '../../../../../docs/depth.md?raw';

export interface PublishedDepth {
  readonly start: string;
  readonly isDefault: boolean;
  /** As printed, after 1, 2, ... layers; one where the layer does not keep the shape of its input. */
  readonly values: readonly string[];
  /** Smallest and largest of the seeds at the end. */
  readonly range: string;
}

export interface PublishedDepths {
  readonly signal: readonly PublishedDepth[];
  readonly gradient: readonly PublishedDepth[];
}

/** The paragraphs on what was measured. */
export function depthMethod(): string {
  return page.split('\n\n').find((paragraph) => paragraph.startsWith('Stacks of 1 to 8')) ?? '';
}

/** Undefined for records without starts, which are not measured. */
export function publishedDepths(layer: string): PublishedDepths | undefined {
  const rows = (heading: string) =>
    page
      .split('\n\n')
      .filter((_, at, parts) => parts[at - 1]?.startsWith(heading))
      .flatMap((table) => table.split('\n').filter((line) => line.startsWith(`| \`${layer}\` `)))
      .map(readRow);
  const signal = rows('Signal variance');
  return signal.length === 0 ? undefined : { signal, gradient: rows('Gradient variance') };
}

function readRow(line: string): PublishedDepth {
  const [, start = '', ...cells] = line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
  return {
    start: start.replace(' *', ''),
    isDefault: start.endsWith('*'),
    values: cells.slice(0, -1).filter((cell) => cell !== ''),
    range: cells.at(-1) ?? '',
  };
}
