// Starts the release binary on an empty or a demo paper, and a browser that reports whatever a reader
// should never meet: a request to another host, an error on the console, a breach of the security policy.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const binary = process.env.DATELINE_TEST_BINARY ?? join(root, 'target/release/dateline');

/** Nothing on this machine takes this long unless it is stuck. In milliseconds; more for a slow one. */
export const PATIENCE = Number(process.env.DATELINE_TEST_PATIENCE ?? 30_000);

export const chromiumPath = execFileSync(join(root, 'scripts/chromium'), { encoding: 'utf8' }).trim();
export const chromiumFlags = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * A paper of its own in a fresh folder, stopped and removed after the test.
 * `demo`: filled with the demo; `limits: 'off'`: takes any number of comments at once; `toml`: its dateline.toml;
 * `before`: called with the folder before the paper starts.
 */
export async function startPaper(t, { demo = true, limits = 'on', toml = '', settings = {}, before } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-browser-'));
  if (toml) await writeFile(join(folder, 'dateline.toml'), toml);
  before?.(folder);
  const flags = ['serve', '--data', folder, '--listen', '127.0.0.1:0', ...(demo ? ['--demo'] : [])];
  // Settings of whoever runs the tests must not reach the paper.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DATELINE_')));
  Object.assign(env, settings);
  if (limits === 'off') env.DATELINE_DISCUSSION_LIMITS = 'off';
  const child = spawn(binary, flags, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = [];
  let complaints = '';
  child.stderr.on('data', (bytes) => (complaints += bytes));
  const ended = new Promise((done) => child.on('exit', (code, signal) => done({ code, signal })));
  const url = await new Promise((ready, failed) => {
    const late = setTimeout(() => failed(new Error(`not ready after ${PATIENCE} ms: ${complaints}`)), PATIENCE);
    child.on('error', failed);
    ended.then(({ code }) => failed(new Error(`dateline ended with ${code} before it was ready: ${complaints}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      said.push(line);
      const address = /^listening on (http:\/\/\S+)$/.exec(line)?.[1];
      if (address) {
        clearTimeout(late);
        ready(address);
      }
    });
  }).catch(async (fault) => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
    throw fault;
  });

  // Its readers leave first; then it is stopped, whatever they found.
  const readers = [];
  const stop = async () => {
    const left = await Promise.allSettled(readers.map((leave) => leave()));
    child.kill('SIGTERM');
    const { code } = await ended;
    await rm(folder, { recursive: true, force: true });
    const fault = left.find((one) => one.status === 'rejected');
    if (fault) throw fault.reason;
    assert.equal(code, 0, `SIGTERM drains and exits 0; standard error said: ${complaints}`);
  };
  t?.after(stop);
  return { url, folder, said, readers, stop, at: (path) => new URL(path, url).href };
}

/** The demo editor's name and password, as `serve --demo` printed them. */
export function demoEditor(paper) {
  const line = paper.said.find((l) => /password/i.test(l));
  assert.ok(line, `serve --demo prints the editor's password; it printed: ${paper.said.join(' | ')}`);
  const password = /password:?\s+(\S+?)[.,]?(\s|$)/i.exec(line)?.[1];
  const name = /(?:sign in as|name|editor:?)\s+"?([\w.-]+?)"?[.,]?(?:\s|$)/i.exec(line)?.[1];
  assert.ok(name && password, `a name and a password stand in: ${line}`);
  return { name, password };
}

let shared;
/** One browser for all tests of a file. Close it with `after(closeBrowser)`. */
async function browser() {
  shared ??= chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
  return shared;
}

export async function closeBrowser() {
  await (await shared)?.close();
  shared = undefined;
}

/**
 * A reader with a browser window of their own. Fails the test at its end for anything amiss.
 * `script`: JavaScript on; `scheme`: light or dark; `statuses`: failing answers that this reader will cause;
 * `fails`: so does a connection; `hosts`: other hosts that this reader goes to.
 */
export async function reader(paper, options = {}) {
  const { script = true, scheme = 'light', width = 1280, height = 900, statuses = [], init, fails, hosts = [] } = options;
  const context = await (await browser()).newContext({
    baseURL: paper.url,
    javaScriptEnabled: script,
    colorScheme: scheme,
    viewport: { width, height },
    locale: 'en-GB',
    timezoneId: 'Europe/Oslo',
  });
  context.setDefaultTimeout(PATIENCE);
  if (init) await context.addInitScript(init);
  const amiss = [];
  const own = new URL(paper.url).host;
  await context.route(
    (url) => !['data:', 'blob:', 'about:'].includes(url.protocol) && url.host !== own && !hosts.includes(url.host),
    (route) => {
      amiss.push(`asked another host: ${route.request().url()}`);
      return route.abort();
    },
  );
  context.on('page', (page) => {
    page.on('pageerror', (error) => amiss.push(`script error on ${page.url()}: ${error.message}`));
    page.on('dialog', (dialog) => {
      amiss.push(`a dialog opened: ${dialog.message()}`);
      return dialog.dismiss();
    });
    page.on('console', (message) => {
      // Breaches of the content security policy are reported here too.
      if (message.type() !== 'error') return;
      if (fails && /net::ERR_FAILED/.test(message.text())) return;
      const status = Number(/status of (\d{3})/.exec(message.text())?.[1]);
      if (!statuses.includes(status)) amiss.push(`console on ${page.url()}: ${message.text()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500 && !statuses.includes(response.status())) amiss.push(`${response.status()} from ${response.url()}`);
    });
  });
  const page = await context.newPage();
  paper.readers.push(async () => {
    await context.close();
    assert.deepEqual(amiss, [], 'nothing a reader should not meet');
  });
  return page;
}

/** The body of an answer as text, asked without a browser. */
export async function fetchText(paper, path, options = {}) {
  const answer = await fetch(paper.at(path), { redirect: 'manual', ...options });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** Paths in all of the paper's sitemaps. */
export async function sitemapPaths(paper) {
  const locations = (xml) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => new URL(m[1]).pathname);
  const index = await fetchText(paper, '/sitemap.xml');
  assert.equal(index.status, 200);
  if (!index.text.includes('<sitemapindex')) return locations(index.text);
  const parts = await Promise.all(locations(index.text).map((path) => fetchText(paper, path)));
  return parts.flatMap((part) => locations(part.text));
}

const STORY = /^\/\d{4}\/\d{2}\/\d{2}\/[^/]+$/;

/** Every story of the paper, with the facts by which a test chooses one. */
export async function stories(paper) {
  const paths = [...new Set(await sitemapPaths(paper))].filter((path) => STORY.test(path));
  assert.ok(paths.length >= 12, `the demo has at least 12 stories, found ${paths.length}`);
  return Promise.all(
    paths.map(async (path) => {
      const { status, text } = await fetchText(paper, path);
      assert.equal(status, 200, path);
      const data = JSON.parse(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '{}');
      return {
        path,
        headline: data.headline,
        language: data.inLanguage ?? '',
        comments: data.commentCount ?? 0,
        photo: /<figure\b/.test(text),
        open: /<textarea\b[^>]*name="?text/.test(text),
      };
    }),
  );
}

/** The story with the longest discussion. */
export async function longestThread(paper) {
  return (await stories(paper)).reduce((most, s) => (s.comments > most.comments ? s : most));
}

/** A story in English that takes comments and has few: everything fits on its first page. */
export async function quietStory(paper) {
  const found = (await stories(paper)).find((s) => s.open && s.comments < 15 && /^en\b|^$/.test(s.language));
  assert.ok(found, 'the demo has a story with a short, open discussion');
  return found;
}

/** The comment form of the page. */
export const commentForm = (page) => page.locator('#comments form:has(textarea[name="text"])').first();

/** Fills the form in and sends it. */
export async function say(page, name, text) {
  const form = commentForm(page);
  await form.locator('[name="name"]').fill(name);
  await form.locator('[name="text"]').fill(text);
  await form.locator('button[type="submit"], button:not([type])').first().click();
}

/** The number in `#comments h2`; "No comments yet" is 0. */
export async function saidCount(page) {
  const words = await page.locator('#comments h2').first().innerText();
  return Number(/(\d[\d,.\s]*)/.exec(words)?.[1].replace(/\D/g, '') ?? 0);
}

/** Signs in at the desk. */
export async function signIn(page, { name, password }) {
  await page.goto('/desk/sign-in');
  await page.locator('[name="name"]').fill(name);
  await page.locator('[name="password"]').fill(password);
  await page.locator('main button').first().click();
  // A moderator's work begins at the queue.
  await page.waitForURL((url) => ['/desk', '/desk/queue'].includes(url.pathname));
}
