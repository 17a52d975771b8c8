import { ValueError } from '@polyneuron/graph';

const open = '<!-- record -->';
const close = '<!-- /record -->';
const notice = '<!-- Written by `npm run docs` from the record and its docstring: edit those. -->';

/**
 * The page with `block` between its markers, in place of what stood there.
 *
 * Throws   ValueError unless the page has each marker once, in order
 */
export function fillBlock(name: string, page: string, block: string): string {
  const [start, end] = [page.indexOf(open), page.indexOf(close)];
  const isWhole =
    start >= 0 && end > start && page.lastIndexOf(open) === start && page.lastIndexOf(close) === end;
  if (isWhole) return `${page.slice(0, start + open.length)}\n${notice}\n\n${block}\n\n${page.slice(end)}`;
  throw new ValueError({
    subject: `the page of ${name}`,
    expected: `one ${open} with one ${close} after it`,
    received: `${page.split(open).length - 1} and ${page.split(close).length - 1}`,
    fix: 'put both on lines of their own under the first paragraph',
  });
}
