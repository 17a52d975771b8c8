/** Text of an address as a notice may show it: short, and without anything that is markup. */
export function printable(text: string): string {
  const short = text.replace(/[^\w.=+-]/g, '·');
  return short.length > 24 ? `${short.slice(0, 24)}…` : short;
}
