/** @file The pages of docs/guide and their code blocks. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Block {
  readonly page: string;
  readonly language: string;
  readonly code: string;
  /** A file of the repository that the block shows, from the comment before it. */
  readonly file: string | undefined;
}

export const repository = fileURLToPath(new URL('../../../../../', import.meta.url));
export const guideFolder = join(repository, 'docs/guide');

/** Texts by name of the page. */
export const guidePages: ReadonlyMap<string, string> = new Map(
  readdirSync(guideFolder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => [name, readFileSync(join(guideFolder, name), 'utf8')]),
);

export const guideBlocks: readonly Block[] = [...guidePages].flatMap(([page, text]) =>
  [...text.matchAll(/(?:<!-- file: (\S+) -->\n+)?^```(\w+)\n(.*?)^```$/gms)].map(
    ([, file, language, code]) => ({ page, language: language!, code: code!, file }),
  ),
);

/** All TypeScript of a page as one module, which a reader would write from top to bottom. */
export const guideModules: ReadonlyMap<string, string> = new Map(
  [...guidePages.keys()].flatMap((page) => {
    const parts = guideBlocks.filter((one) => one.page === page && one.language === 'ts');
    return parts.length === 0 ? [] : [[page, parts.map(({ code }) => code).join('\n')] as const];
  }),
);
