import '../styles/base.css';
import '../styles/views.css';
import '../styles/play.css';
import { effect } from '@preact/signals';
import { render } from 'preact';
import { syncAddress } from '../pages/play/addressSync.js';
import { PlayApp } from '../pages/play/PlayApp.js';
import { PlayState } from '../pages/play/playState.js';
import { Session } from '../session/session.js';
import { browserSurroundings } from '../session/surroundings.js';
import { readAddress } from '../state/address.js';

const place = document.getElementById('playground');
if (place) {
  const wantsStillness = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const session = new Session({ surroundings: browserSurroundings(), frameRate: wantsStillness ? 2 : 20 });
  const first = readAddress(location.hash);
  const play: PlayState = new PlayState(session, first, (next, kind) => address.write(next, kind));
  const address = syncAddress(window, (read) => {
    play.obey(read);
    session.notify(...read.notices);
  });
  session.notify(...first.notices);
  effect(() => {
    const { theme, embed } = play.settings.value;
    const { dataset } = document.documentElement;
    if (theme === 'auto') delete dataset.theme;
    else dataset.theme = theme;
    if (embed.length > 0) dataset.embed = 'true';
    else delete dataset.embed;
  });
  place.replaceChildren();
  render(<PlayApp play={play} />, place);
}
