/** The first sentence of a paragraph of Markdown, lines joined. */
export function firstSentence(paragraph: string): string {
  const text = paragraph.replaceAll(/\s+/g, ' ');
  const [sentence = text] = /^.*?[.:](?= [A-Z`]|$)/.exec(text) ?? [];
  return sentence.replace(/:$/, '.');
}
