import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiReport, reportPath } from './apiReport.js';
import { entryPoints, publicPackages } from './workspace.js';

/** What to do when this fails: look at the change as a user would, then `npm run api` and a changeset. */
describe('the public interface is the reviewed one', () => {
  for (const workspacePackage of publicPackages()) {
    for (const entry of entryPoints(workspacePackage)) {
      it(entry.specifier, () => {
        const reviewed = readFileSync(reportPath(workspacePackage, entry), 'utf8');
        expect(apiReport(workspacePackage, entry)).toBe(reviewed);
      });
    }
  }
});
