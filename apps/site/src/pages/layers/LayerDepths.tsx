import { commitOf } from '../../shell/buildCommit.js';
import { ScrollRegion } from '../../shell/ScrollRegion.js';
import { depthMethod, type PublishedDepth, publishedDepths } from './publishedDepth.js';
import { renderInline } from './renderMarkdown.js';

/** How variance grows with depth at each start: the table of this build, and room for a measurement here. */
export function LayerDepths({ layer }: { readonly layer: string }) {
  const depths = publishedDepths(layer);
  if (!depths) return null;
  const commit = commitOf('docs/depth.md');
  return (
    <section aria-labelledby="depth">
      <h2 id="depth">Initial scale, and how it grows with depth</h2>
      <p>
        A start is safe in depth when a row stays near 1, or changes by a small steady factor. The start
        marked * is the default.
      </p>
      <DepthTable title="Variance of the signal after 1 to 8 layers" rows={depths.signal} />
      <DepthTable
        title="Variance of the gradient behind 1 to 8 layers, counted from the last"
        rows={depths.gradient}
      />
      <p class="hint">
        From docs/depth.md{commit && `, commit ${commit}`}: seeded float32 in WebAssembly. To repeat it here
        with fewer seeds takes a second or two:
      </p>
      <div id="depth-here" data-layer={layer} />
      <details>
        <summary>How it is measured</summary>
        <p dangerouslySetInnerHTML={{ __html: renderInline(depthMethod()) }} />
      </details>
    </section>
  );
}

function DepthTable({ title, rows }: { readonly title: string; readonly rows: readonly PublishedDepth[] }) {
  const columns = Math.max(...rows.map(({ values }) => values.length));
  return (
    <ScrollRegion label={title}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">start</th>
            {Array.from({ length: columns }, (_, at) => (
              <th key={at} scope="col" class="number">
                {at + 1}
              </th>
            ))}
            <th scope="col" class="number">
              range of the seeds at the end
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ start, isDefault, values, range }) => (
            <tr key={start}>
              <th scope="row">
                {start}
                {isDefault ? ' *' : ''}
              </th>
              {Array.from({ length: columns }, (_, at) => (
                <td key={at} class="number">
                  {values[at] ?? ''}
                </td>
              ))}
              <td class="number">{range}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
