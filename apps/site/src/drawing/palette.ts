/** Which of the two sets of colours is shown. */
export type ShownTheme = 'light' | 'dark';

export interface Palette {
  readonly negative: string;
  readonly neutral: string;
  readonly positive: string;
  readonly ours: string;
  readonly rival: string;
  readonly background: string;
  readonly line: string;
  readonly strongLine: string;
  readonly text: string;
  readonly muted: string;
}

/** The tokens of styles/base.css that canvases need: a canvas cannot read light-dark(). A test keeps the two alike. */
export const palettes: { readonly [K in ShownTheme]: Palette } = {
  light: {
    negative: '#1f6fb4',
    neutral: '#f6f6f4',
    positive: '#b4560f',
    ours: '#1f2937',
    rival: '#8250c4',
    background: '#ffffff',
    line: '#d6d7d9',
    strongLine: '#82868e',
    text: '#1b1f26',
    muted: '#55595f',
  },
  dark: {
    negative: '#6fb1ec',
    neutral: '#1b1d21',
    positive: '#f0a25a',
    ours: '#f3f4f6',
    rival: '#b79cf0',
    background: '#121418',
    line: '#3a3e46',
    strongLine: '#7f858f',
    text: '#e9eaec',
    muted: '#a9adb5',
  },
};
