import '../styles/base.css';
import '../styles/experiments.css';
import { signal } from '@preact/signals';
import { hydrate } from 'preact';
import { createExperimentSession, startExperimentWorker } from '../experimentLab/experimentSession.js';
import { RunPanel } from '../pages/experiments/RunPanel.js';
import { firstSettings, RunSettings } from '../pages/experiments/RunSettings.js';

const session = createExperimentSession(startExperimentWorker);
const settings = signal(firstSettings);

hydrate(<RunSettings settings={settings} />, document.getElementById('run-settings') as HTMLElement);
for (const place of document.querySelectorAll<HTMLElement>('.run-panel')) {
  const { experiment = '', title = '' } = place.dataset;
  hydrate(<RunPanel id={experiment} title={title} session={session} settings={settings} />, place);
}
