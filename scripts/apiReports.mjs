/** `npm run api`: writes the API report of every entry point, for review. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { apiReport, entryPoints, publicPackages, reportPath } from '../packages/release-checks/dist/index.js';

for (const workspacePackage of publicPackages()) {
  for (const entry of entryPoints(workspacePackage)) {
    const path = reportPath(workspacePackage, entry);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, apiReport(workspacePackage, entry));
    console.log(path);
  }
}
