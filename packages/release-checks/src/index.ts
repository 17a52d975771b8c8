export { apiReport, reportPath } from './apiReport.js';
export {
  type EntryPoint,
  entryPoints,
  type Manifest,
  publicPackages,
  root,
  type WorkspacePackage,
} from './workspace.js';
