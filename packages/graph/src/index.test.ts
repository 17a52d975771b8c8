import { expect, it } from 'vitest';
import * as graph from './index.js';

it('exports', () => {
  expect(Object.keys(graph).sort()).toMatchSnapshot();
});
