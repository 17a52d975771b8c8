/** @file Which packages the built scripts and workers hold, with their licences: licences.json and licences.txt. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Two plugins that share a list: one for the bundles of workers, which are made first, and one for those of pages,
 * which writes the list beside them. Server bundles are no part of the site.
 */
export function bundledPackages() {
  const found = new Map();
  const collect = (bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      for (const id of chunk.moduleIds) {
        const entry = packageOf(id);
        if (entry) found.set(`${entry.name}@${entry.version}`, entry);
      }
    }
  };
  return {
    workerPlugin: {
      name: 'bundled-packages-of-workers',
      generateBundle: (_, bundle) => collect(bundle),
    },
    plugin: {
      name: 'bundled-packages',
      apply: (config) => !config.build?.ssr,
      generateBundle(_, bundle) {
        collect(bundle);
        const packages = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
        const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source });
        const rows = packages.map(({ name, version, license }) => ({ name, version, license }));
        emit('licences.json', JSON.stringify(rows, null, 2));
        emit('licences.txt', [...packages.map(describe), apache].join(`\n\n${'-'.repeat(72)}\n\n`));
      },
    },
  };
}

/** Of Polyneuron, and of packages that name it without a copy. */
const apache = readFileSync(new URL('../../../LICENSE', import.meta.url), 'utf8');

function describe({ name, version, license, text }) {
  return `${name} ${version} (${license})\n\n${text}`.trimEnd();
}

/** The package that a module is part of; those of this workspace by their folder. */
function packageOf(id) {
  if (!id.startsWith('/')) return undefined;
  let folder = dirname(id.split('?')[0]);
  for (; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const { name, version, license } = JSON.parse(readFileSync(file, 'utf8'));
    // Some packages mark folders with a package.json that says nothing but the module type
    if (!name || !version) continue;
    return name === '@polyneuron/site'
      ? undefined
      : { name, version, license: license ?? 'see text', text: textIn(folder) };
  }
  return undefined;
}

function textIn(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file
    ? readFileSync(join(folder, file), 'utf8')
    : 'The package has no file of its own; the text of the Apache License 2.0 stands at the end.';
}
