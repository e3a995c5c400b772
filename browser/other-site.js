// A site of somebody else: pages served under another host name than the paper's, so that browsers take the two
// for different sites, with a security policy that lets in nothing but the paper's script and its answers.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import { binary } from './support.js';

const STYLE = {
  plain: 'body{font:17px/1.5 Georgia,serif;margin:2rem auto;max-width:44rem;padding:0 1rem}',
  dark: ':root{color-scheme:dark}body{font:16px/1.5 sans-serif;background:#14181d;color:#e8e6e1;margin:2rem auto;max-width:44rem;padding:0 1rem;--dateline-accent:#8fc7ff}a{color:#8fc7ff}',
};

/**
 * Serves pages on `http://localhost:PORT` and adds them to the paper as a site; stopped after the test.
 * Of each path: `lang`, `dir`, `style` (plain or dark), `attributes` of the script. `name` is the site's on the paper,
 * `flags` more words for `dateline site add`.
 */
export async function otherSite(t, paper, pages, { name = 'blog', flags = [] } = {}) {
  const page = (path, { lang = 'en', dir = 'ltr', style = 'plain', attributes = '', body = '', title = 'Tides of the Marn' }, key) =>
    `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><link rel="canonical" href="${path}"><style>${STYLE[style]}</style></head>
<body><main><h1>${title}</h1><p>The page of another site, with words of its own.</p>${body}
<section aria-label="Discussion"><div id="dateline-comments"><a href="${paper.url}/embed/${key}?url=${encodeURIComponent(`${origin}${path}`)}">Comments</a></div></section></main>
<script src="${paper.url}/embed.js" data-site="${key}" ${attributes} async></script></body></html>`;
  let origin = '';
  let key = '';
  const server = createServer((request, reply) => {
    const path = new URL(request.url, origin).pathname;
    const known = pages[path];
    if (!known) {
      reply.writeHead(path === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    reply.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; script-src ${paper.url}; connect-src ${paper.url}`,
    });
    reply.end(page(path, known, key));
  });
  await new Promise((ready) => server.listen(0, ready));
  // A test that fails must not keep its process.
  server.unref();
  const { port } = server.address();
  origin = `http://localhost:${port}`;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DATELINE_')));
  // A running paper that has looked its sites up learns of this one a tenth of a second later: name all sites first.
  const add = ['site', 'add', name, '--data', paper.folder, '--origin', origin, ...flags];
  key = execFileSync(binary, add, { env, encoding: 'utf8' }).trim();
  const stop = () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  t?.after(stop);
  // The same pages under a name that the paper was not told.
  return { origin, key, stranger: `http://127.0.0.1:${port}`, stop };
}
