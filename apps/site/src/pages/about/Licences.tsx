import { bundledPackages } from './buildFacts.js';

/** What the built scripts hold, written down by the build. */
export function Licences() {
  const packages = bundledPackages();
  return (
    <>
      <h2>Licences</h2>
      <p>
        Polyneuron is under the Apache License 2.0. The scripts of pages and workers hold these packages;
        their <a href="/licences.txt">full licence texts</a> come with the site.
      </p>
      {packages ? (
        <table>
          <thead>
            <tr>
              <th scope="col">package</th>
              <th scope="col">version</th>
              <th scope="col">licence</th>
            </tr>
          </thead>
          <tbody>
            {packages.map(({ name, version, license }) => (
              <tr key={`${name} ${version}`}>
                <th scope="row">
                  <code>{name}</code>
                </th>
                <td>{version}</td>
                <td>{license}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p>The built site lists them here.</p>
      )}
    </>
  );
}
