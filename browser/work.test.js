// A browser is asked for a moment's work: with script the comment is shown after it, without it waits.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { binary, closeBrowser, reader, saidCount, say, startPaper } from './support.js';

after(closeBrowser);

const ALWAYS = '[discussion]\nproof_of_work = "always"\nproof_bits = 12\n';

/** A paper that asks everybody for work, with one story; its path. */
async function asking(t) {
  const paper = await startPaper(t, { demo: false, toml: ALWAYS });
  const item = { uri: 'urn:x', type: 'text', version: '1', headline: 'Tides', body_html: '<p>They turn.</p>' };
  const file = join(paper.folder, 'tides.json');
  await writeFile(file, JSON.stringify(item));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DATELINE_')));
  execFileSync(binary, ['import', '--publish', '--data', paper.folder, file], { env });
  const { stories } = await (await fetch(paper.at('/api/v1/stories'))).json();
  return { paper, path: new URL(stories[0].url).pathname };
}

test('with script it is shown once the browser has worked, and no script is fetched before', async (t) => {
  const { paper, path } = await asking(t);
  // The first answer asks for work.
  const page = await reader(paper, { statuses: [422] });
  const solvers = [];
  page.on('request', (request) => { if (/\/assets\/work-/.test(request.url())) solvers.push(request.url()); });
  await page.goto(path);
  const before = await saidCount(page);
  assert.deepEqual(solvers, []);
  const said = [];
  page.on('response', (reply) => { if (reply.request().method() === 'POST') said.push(reply.status()); });
  await say(page, 'Ada Vik', 'The tide was high on Tuesday.');
  await page.locator('article').filter({ hasText: 'The tide was high on Tuesday.' }).waitFor();
  assert.equal(await saidCount(page), before + 1);
  assert.deepEqual(said, [422, 201]);
  assert.equal(solvers.length, 1);
  // A second comment is asked for work of its own.
  await say(page, 'Ada Vik', 'And low on Wednesday.');
  await page.locator('article').filter({ hasText: 'And low on Wednesday.' }).waitFor();
  assert.deepEqual(said, [422, 201, 422, 201]);
});

test('without script it waits for a moderator, and its receipt says why', async (t) => {
  const { paper, path } = await asking(t);
  const page = await reader(paper, { script: false });
  await page.goto(path);
  await say(page, 'Per Lind', 'Nobody asked my browser.');
  await page.waitForURL(/\/receipt\//);
  const receipt = await page.locator('main').innerText();
  assert.match(receipt, /asks each browser for a moment of work/);
  assert.match(receipt, /moderator/);
  await page.goto(path);
  assert.equal(await page.getByText('Nobody asked my browser.').count(), 0);
});
