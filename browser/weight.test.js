// What a story page weighs on the wire, and how often it asks.
import assert from 'node:assert/strict';
import { get } from 'node:http';
import { after, test } from 'node:test';
import { closeBrowser, reader, startPaper, stories } from './support.js';

after(closeBrowser);

/** Bytes of the body as they cross the wire. */
const weigh = (url, encoding) =>
  new Promise((done, failed) => {
    get(url, { headers: { 'accept-encoding': encoding } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part) => (bytes += part.length));
      answer.on('end', () => done({ bytes, encoding: answer.headers['content-encoding'] ?? 'identity', status: answer.statusCode }));
    }).on('error', failed);
  });

test('a story without photo: at most 14 kB compressed with its style, at most 3 requests', async (t) => {
  const paper = await startPaper(t);
  const plain = (await stories(paper)).filter((s) => !s.photo);
  assert.ok(plain.length > 0, 'the demo has a story without photo');
  for (const story of plain) {
    const page = await weigh(paper.at(story.path), 'gzip');
    assert.deepEqual([page.status, page.encoding], [200, 'gzip']);
    t.diagnostic(`${story.path}: ${page.bytes} bytes with ${story.comments} comments`);
    assert.ok(page.bytes <= 14_000, `${story.path}: ${page.bytes}`);

    const asked = new Set();
    const window = await reader(paper);
    window.on('request', (request) => asked.add(request.url()));
    await window.goto(story.path, { waitUntil: 'networkidle' });
    // Chromium without a window does not ask for the icon; a reader's browser does.
    for (const icon of await window.locator('link[rel~="icon"]').all()) asked.add(paper.at(await icon.getAttribute('href')));
    assert.ok(asked.size <= 3, [...asked].join(' '));
    assert.equal(await window.locator('link[rel="stylesheet"]').count(), 0, 'the style comes with the page');
  }
});

test("the reader's script: at most 6 kB compressed, and cached for ever", async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper);
  await page.goto((await stories(paper)).find((s) => s.open).path);
  const scripts = await page.locator('script[src]').evaluateAll((all) => all.map((s) => s.src));
  assert.equal(scripts.length, 1);
  const { bytes, encoding } = await weigh(scripts[0], 'gzip');
  assert.equal(encoding, 'gzip');
  t.diagnostic(`${bytes} bytes`);
  assert.ok(bytes <= 6_000, String(bytes));
  const { headers } = await fetch(scripts[0]);
  assert.match(headers.get('cache-control'), /immutable/);
});

test('photos come in a size that fits the screen', async (t) => {
  const paper = await startPaper(t);
  const story = (await stories(paper)).find((s) => s.photo);
  const loaded = {};
  for (const width of [390, 1280]) {
    const page = await reader(paper, { width });
    await page.goto(story.path);
    const picture = page.locator('figure img').first();
    await picture.scrollIntoViewIfNeeded();
    await page.waitForFunction((img) => img.complete && img.naturalWidth > 0, await picture.elementHandle());
    loaded[width] = await picture.evaluate((img) => new URL(img.currentSrc).pathname);
    assert.match(loaded[width], /^\/media\/[\w-]+-\d+\.jpg$/);
    assert.ok(await picture.getAttribute('width'));
    assert.ok(await picture.getAttribute('height'));
  }
  assert.notEqual(loaded[390], loaded[1280]);
});
