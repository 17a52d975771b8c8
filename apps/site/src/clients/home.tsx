import '../styles/base.css';
import '../styles/views.css';
import '../styles/home.css';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { LiveDuel } from '../pages/home/LiveDuel.js';
import { PauseFirst } from '../pages/home/PauseFirst.js';
import { Session } from '../session/session.js';
import { browserSurroundings } from '../session/surroundings.js';
import { type Preset, type PresetKey, presetOf, presets } from '../state/presets.js';
import { createDuelState } from '../views/duelState.js';

const stepsPerSecond = 75;
const wantsStillness = matchMedia('(prefers-reduced-motion: reduce)').matches;

const session = new Session({
  surroundings: browserSurroundings(),
  frameRate: wantsStillness ? 2 : 20,
});
const duel = createDuelState(session);
const preset = signal<PresetKey>('ring');

function play(next: Preset): void {
  preset.value = next.key;
  duel.extent.value = next.extent;
  duel.probe.value = undefined;
  session.showExtent(next.extent);
  session.configure(next.settings);
  // Longer runs in the same seconds
  session.start(Math.max(stepsPerSecond, next.settings.stop / 8));
}

function toggle(): void {
  if (session.phase.peek() === 'running') session.pause();
  else if (session.configured.peek() === undefined) play(presetOf(preset.peek()));
  else session.start();
}

const place = document.getElementById('duel');
if (place) {
  place.replaceChildren();
  render(<LiveDuel duel={duel} preset={preset} onPlay={play} onToggle={toggle} />, place);
  // A control in the first tab stops ends what starts by itself
  const first = document.createElement('div');
  document.querySelector('.skip-link')?.after(first);
  render(<PauseFirst session={session} onPause={() => session.pause()} />, first);
}

// With reduced motion nothing starts by itself: the stills of the end stay until Run
if (!wantsStillness) play(presets[0]);
