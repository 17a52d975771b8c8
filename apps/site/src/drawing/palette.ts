/** Which of the two sets of colours is shown. */
export type ShownTheme = 'light' | 'dark';

/** A sample's mark, readable on both ends of the surface and on its middle. */
export interface MarkColours {
  /** Inside of a sample that trains. */
  readonly fill: string;
  /** Its outline, and that of hollow ones. */
  readonly outline: string;
}

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
  /** Marks of class 0, then of class 1. */
  readonly marks: readonly [MarkColours, MarkColours];
  /** Inside and edge of hollow marks. */
  readonly hollow: { readonly fill: string; readonly halo: string };
}

/** The tokens of styles/base.css that canvases need (a canvas cannot read light-dark(); a test keeps the two alike), and marks. */
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
    marks: [
      { fill: '#9cc3e6', outline: '#0b3558' },
      { fill: '#e6ac78', outline: '#5a2704' },
    ],
    hollow: { fill: '#ffffff', halo: '#ffffff' },
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
    marks: [
      { fill: '#b9dbf8', outline: '#0d2a47' },
      { fill: '#fbd3a9', outline: '#452505' },
    ],
    hollow: { fill: 'rgb(18 20 24 / 25%)', halo: '#e9eaec' },
  },
};
