import { navigation } from './navigation.js';
import type { Page, PageAssets } from './page.js';

/** A page as an HTML document: head, skip link, navigation, content, the next step, footer. */
export function Document({ page, assets }: { readonly page: Page; readonly assets: PageAssets }) {
  const isHome = page.path === '/';
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{isHome ? page.title : `${page.title} · Polyneuron`}</title>
        <meta name="description" content={page.description} />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {assets.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {assets.preloads.map((href) => (
          <link key={href} rel="modulepreload" href={href} />
        ))}
        <script type="module" src={assets.script} />
      </head>
      <body>
        <a class="skip-link" href="#content">
          Skip to content
        </a>
        <header class="site-header">
          <a class="site-name" href="/">
            Polyneuron
          </a>
          <nav aria-label="Site">
            <ul>
              {navigation.map(({ path, title }) => (
                <li key={path}>
                  <a href={path} aria-current={isUnder(page.path, path) ? 'page' : undefined}>
                    {title}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        <main id="content" tabIndex={-1} class={`page page-${page.entry}`}>
          {page.content()}
          {page.next && (
            <p class="next-step">
              Next: <a href={page.next.path}>{page.next.text}</a>
            </p>
          )}
        </main>
        <footer class="site-footer">
          <p>Everything on this site is computed in your browser. Nothing is sent anywhere.</p>
        </footer>
      </body>
    </html>
  );
}

function isUnder(path: string, section: string): boolean {
  return path === section || path.startsWith(section);
}
