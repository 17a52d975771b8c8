import { expect, it } from 'vitest';
import { splitLines } from './splitLines.js';

function linesOf(chunks: readonly string[], limit = 100): string[] {
  const lines: string[] = [];
  const take = splitLines((line) => lines.push(line), limit);
  for (const chunk of chunks) take(chunk);
  return lines;
}

it('gives whole lines, wherever the chunks end', () => {
  expect(linesOf(['a\nb', 'c', '\n', '\nd\ne\nf'])).toEqual(['a', 'bc', '', 'd', 'e']);
});

it('gives what has no line end before it fills the memory', () => {
  expect(linesOf(['abc', 'defg', 'h\n'], 5)).toEqual(['abcdefg', 'h']);
});
