import { testLayer } from '../../testing/layerSuite.js';
import { Film, film } from './film.js';

testLayer(Film, film as never);
