import '../styles/base.css';
import '../styles/bench.css';
import { hydrate } from 'preact';
import { createBenchSession } from '../benchLab/benchSession.js';
import { browserSurroundings } from '../benchLab/browserSurroundings.js';
import { BenchApp } from '../pages/bench/BenchApp.js';

const place = document.getElementById('bench') as HTMLElement;
const titles = JSON.parse(place.dataset.titles ?? '{}');
hydrate(<BenchApp session={createBenchSession(browserSurroundings())} titles={titles} />, place);
