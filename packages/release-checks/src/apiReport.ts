import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import type { EntryPoint, WorkspacePackage } from './workspace.js';

/** Where the reviewed report of an entry point stands. */
export function reportPath({ directory }: WorkspacePackage, { title }: EntryPoint): string {
  return `${directory}/api/${title}.api.md`;
}

/**
 * The public interface of an entry point as text: every exported name with its type, sorted, from the built
 * declarations. A change of this text is a change that users see.
 */
export function apiReport(workspacePackage: WorkspacePackage, entry: EntryPoint): string {
  const { directory } = workspacePackage;
  const folder = mkdtempSync(join(tmpdir(), 'polyneuron-api-'));
  const none = { default: { logLevel: ExtractorLogLevel.None } };
  try {
    const config = ExtractorConfig.prepare({
      configObject: {
        projectFolder: directory,
        mainEntryPointFilePath: entry.types,
        compiler: { tsconfigFilePath: `${directory}/tsconfig.json` },
        apiReport: {
          enabled: true,
          reportFileName: `${entry.title}.api.md`,
          reportFolder: folder,
          reportTempFolder: join(folder, 'temp'),
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: none,
          extractorMessageReporting: none,
          tsdocMessageReporting: none,
        },
        newlineKind: 'lf',
      },
      configObjectFullPath: undefined,
      packageJsonFullPath: `${directory}/package.json`,
    });
    Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true;
      },
    });
    return readFileSync(join(folder, `${entry.title}.api.md`), 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
