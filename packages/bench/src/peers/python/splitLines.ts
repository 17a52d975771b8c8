/**
 * Cuts chunks of text into lines and gives each whole line to `onLine`. What has no line end within `limit` characters
 * is given as it stands, so that a stream without line ends does not fill the memory.
 */
export function splitLines(onLine: (line: string) => void, limit: number): (chunk: string) => void {
  let parts: string[] = [];
  let length = 0;
  const flush = () => {
    const line = parts.join('');
    parts = [];
    length = 0;
    onLine(line);
  };
  return (chunk) => {
    const [first, ...rest] = chunk.split('\n');
    parts.push(first);
    length += first.length;
    for (const part of rest) {
      flush();
      parts.push(part);
      length = part.length;
    }
    if (length > limit) flush();
  };
}
