import { commitOf } from '../../shell/buildCommit.js';
import { ownPackages } from './buildFacts.js';

/** Our packages in this build. */
export function Versions() {
  const commit = commitOf();
  return (
    <>
      <h2>Versions</h2>
      {commit && (
        <p>
          Built from commit <code>{commit}</code>.
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">package</th>
            <th scope="col">version</th>
          </tr>
        </thead>
        <tbody>
          {ownPackages().map(({ name, version }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>{version}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
