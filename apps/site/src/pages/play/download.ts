/** Hands bytes or text to the visitor as a file. */
export function download(name: string, parts: readonly BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the bytes when the click's task is over
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
