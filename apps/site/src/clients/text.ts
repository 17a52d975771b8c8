import '../styles/base.css';
import '../styles/text.css';
import { addLayerFilter } from '../pages/layers/layerFilter.js';

const filter = document.getElementById('layer-filter');
if (filter) addLayerFilter(filter);
const isolation = document.getElementById('isolation');
if (isolation)
  isolation.textContent = crossOriginIsolated ? 'isolated: threads are on' : 'not isolated: threads are off';
