import { palettes } from '../../drawing/palette.js';
import { shownTheme } from '../../drawing/shownTheme.js';
import type { PlayState } from './playState.js';

const [width, height, side] = [720, 440, 336];

/** Both surfaces side by side with their names and scores, and the link below, as a PNG file. */
export async function picturePng(play: PlayState, link: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  const context = canvas.getContext('2d');
  const configured = play.session.configured.peek();
  if (!context || !configured) throw new Error('There is nothing to draw yet.');
  const palette = palettes[shownTheme()];
  context.scale(2, 2);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, height);
  context.fillStyle = palette.text;
  configured.contestants.forEach(({ title, parameters }, at) => {
    const left = 16 + at * (side + 16);
    context.font = '600 15px system-ui, sans-serif';
    context.fillText(`${title}, ${parameters} parameters`, left, 28, side);
    const shown = document.querySelectorAll(`.side.${at === 0 ? 'is-ours' : 'is-rival'} canvas`);
    for (const layer of shown) context.drawImage(layer as HTMLCanvasElement, left, 40, side, side);
  });
  const { step } = play.session.frame.peek() ?? { step: 0 };
  context.font = '12px system-ui, sans-serif';
  context.fillStyle = palette.muted;
  context.fillText(`Polyneuron, step ${step}, seed ${play.settings.peek().weightSeed}`, 16, 400);
  context.fillText(link, 16, 420, width - 32);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('This browser made no picture.'))),
      'image/png',
    );
  });
}
