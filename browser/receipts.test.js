// Whoever wrote a comment is told of what became of it, the next day too: without script, with script, and on a page of
// another site; nobody else is.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, test } from 'node:test';
import { axe, violations } from './axe.js';
import { otherSite } from './other-site.js';
import { binary, closeBrowser, reader, say, startPaper } from './support.js';

after(closeBrowser);

function tokenOf(paper, scope) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DATELINE_')));
  return execFileSync(binary, ['token', 'add', scope, '--scope', scope, '--data', paper.folder], { env, encoding: 'utf8' }).trim();
}

/** A story that is open to comments; its path. */
async function publish(paper) {
  const item = { uri: 'urn:ferry', type: 'text', version: '1', headline: 'The night ferry', body_html: '<p>It leaves at ten.</p>' };
  const taken = await fetch(paper.at('/api/v1/wire?publish=true'), {
    method: 'POST',
    headers: { authorization: `Bearer ${tokenOf(paper, 'wire')}`, 'content-type': 'application/json' },
    body: JSON.stringify(item),
  });
  assert.ok(taken.ok, await taken.text());
  const { stories } = await (await fetch(paper.at('/api/v1/stories'))).json();
  return new URL(stories[0].url).pathname;
}

/** Removes comments as a program of the moderators does. */
function moderators(paper) {
  const token = tokenOf(paper, 'moderate');
  return async (id, body) => {
    const answer = await fetch(paper.at(`/api/v1/moderation/comments/${id}`), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200, await answer.text());
  };
}

const idOf = (address) => Number(/#comment-(\d+)$/.exec(address)[1]);
const INSULT = 'It insults somebody.';

for (const scheme of ['light', 'dark']) {
  test(`without script, ${scheme}: the list of one's own comments, their states, and forgetting`, async (t) => {
    const paper = await startPaper(t, { demo: false });
    const path = await publish(paper);
    const rule = moderators(paper);
    const page = await reader(paper, { script: false, scheme, init: axe });
    await page.goto('/receipt');
    await page.getByText('This browser keeps no receipt').waitFor();
    await page.goto(path);
    await say(page, 'Ada', `The ferry is slow, ${scheme}.`);
    await page.waitForURL(/#comment-\d+$/);
    const id = idOf(page.url());
    // Said in a few words where one is then, and the same for everybody.
    await page.getByRole('link', { name: 'Your comments in this browser' }).first().click();
    await page.getByRole('heading', { name: 'Your comment is shown' }).waitFor();
    assert.ok(await page.getByText(`The ferry is slow, ${scheme}.`).isVisible());
    // The next day.
    await rule(id, { ruling: 'remove', reason: 'insult' });
    await page.reload();
    await page.getByRole('link', { name: 'Your comment was removed' }).waitFor();
    assert.ok(await page.getByText(INSULT).first().isVisible());
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.getByRole('link', { name: 'Your comment was removed' }).click();
    await page.getByRole('heading', { name: 'Appeal' }).waitFor();
    assert.ok(await page.getByText('Keep the address of this page').isVisible());
    // Another browser finds nothing, and the story's page tells it nothing.
    const other = await reader(paper, { scheme });
    await other.goto('/receipt');
    await other.getByText('This browser keeps no receipt').waitFor();
    await other.goto(path);
    assert.equal(await other.getByText('Your comment was removed').count(), 0);
    await page.goto('/receipt');
    await page.getByRole('button', { name: 'Forget them in this browser' }).click();
    await page.getByText('This browser keeps no receipt').waitFor();
    assert.deepEqual((await page.context().cookies()).map((one) => one.name), []);
  });
}

test('with script: the story’s page tells its writer, after a reload and of what waits', async (t) => {
  const paper = await startPaper(t, { demo: false });
  const path = await publish(paper);
  const rule = moderators(paper);
  const page = await reader(paper, { init: axe });
  await page.goto(path);
  await say(page, 'Ada', 'At last a ferry.');
  const mine = page.locator('article.comment').filter({ hasText: 'At last a ferry.' });
  await mine.getByRole('link', { name: 'Change or withdraw' }).waitFor();
  await page.reload();
  await mine.getByRole('link', { name: 'See what becomes of it' }).waitFor();
  const id = Number((await mine.getAttribute('id')).slice('comment-'.length));
  await say(page, 'Ada', 'See https://a.example https://b.example and https://c.example');
  await page.getByText('Your comment waits for the moderator.').waitFor();
  await rule(id, { ruling: 'remove', reason: 'insult' });
  await page.reload();
  const told = page.locator('#comments .state').filter({ hasText: 'Your comment was removed' });
  await told.waitFor();
  assert.match(await told.innerText(), new RegExp(INSULT));
  assert.equal(await page.locator('#comments .state').filter({ hasText: 'Waiting for the moderator' }).count(), 1);
  assert.equal(await mine.count(), 0);
  assert.deepEqual(await violations(page), []);
  await told.getByRole('link', { name: 'See what becomes of it' }).click();
  await page.getByRole('heading', { name: 'Appeal' }).waitFor();
  await page.goto('/receipt');
  await page.getByRole('heading', { name: 'Your comment was removed' }).waitFor();
  assert.deepEqual(await violations(page), [], 'the list');
  // Scripts see that there are receipts, and none of them.
  assert.match(await page.evaluate(() => document.cookie), /^dateline_receipts=\d+$/);
  await page.getByRole('button', { name: 'Forget them in this browser' }).click();
  await page.getByText('This browser keeps no receipt').waitFor();
  assert.deepEqual(await violations(page), [], 'an empty list');
  await page.goto(path);
  assert.equal(await page.getByText('Your comment was removed').count(), 0);
});

test('on a page of another site its writer is told, and nobody else', async (t) => {
  const paper = await startPaper(t, { demo: false });
  const site = await otherSite(t, paper, { '/tides': {}, '/ebb': {} });
  const rule = moderators(paper);
  const hosts = [new URL(site.origin).host];
  const page = await reader(paper, { hosts, init: axe });
  await page.goto(`${site.origin}/tides`);
  const form = page.getByRole('form', { name: 'Your comment' });
  await form.getByLabel('Name').fill('Ada');
  await form.getByRole('textbox').last().fill('The ferry is slow.');
  await form.getByRole('button', { name: 'Post comment' }).click();
  const mine = page.locator('article').filter({ hasText: 'The ferry is slow.' });
  await mine.waitFor();
  const id = Number((await mine.getAttribute('id')).slice('comment-'.length));
  // Beside what can be done with it, for as long as it is kept.
  const receipt = mine.getByRole('link', { name: 'See what becomes of it: Ada' });
  assert.match(await receipt.getAttribute('href'), /\/receipt\/\d+-[0-9a-f]{24}$/);
  assert.equal(await page.locator('details[open]').count(), 0, 'nothing to be told openly');
  await rule(id, { ruling: 'remove', reason: 'insult' });
  await page.reload();
  const told = page.locator('details[open] li');
  await told.waitFor();
  assert.match(await told.innerText(), /The ferry is slow\..*Your comment was removed\. It insults somebody\./s);
  assert.equal(await mine.count(), 0, 'others read it no more');
  assert.deepEqual(await violations(page), []);
  const statement = await told.getByRole('link', { name: 'See what becomes of it' }).getAttribute('href');
  assert.match(await (await fetch(statement)).text(), /action="\/receipt\/[^"]+\/appeal"/);
  // Not under another page, and not to another reader.
  await page.goto(`${site.origin}/ebb`);
  await page.getByText('Nobody has said anything yet.').waitFor();
  assert.equal(await page.getByText('Your comment was removed').count(), 0);
  const other = await reader(paper, { hosts });
  await other.goto(`${site.origin}/tides`);
  await other.getByText('Nobody has said anything yet.').waitFor();
  assert.equal(await other.getByText('Your comment was removed').count(), 0);
  await page.goto(`${site.origin}/tides`);
  await page.getByRole('button', { name: 'Forget them in this browser' }).click();
  await told.waitFor({ state: 'detached' });
  await page.reload();
  await page.getByText('Nobody has said anything yet.').waitFor();
  assert.equal(await told.count(), 0);
  assert.deepEqual(await page.context().cookies(), [], 'no cookie');
});

test('a full page of another site leads to the comment that a letter names, and takes an address', async (t) => {
  // Nothing is listening there: that no letter goes out is the letters' tests'.
  const toml = '[letters]\nsmtp = "smtp://127.0.0.1:9"\nfrom = "letters@paper.example"\n[discussion]\nmost_per_minute = 1000\nmost_per_hour = 1000\n';
  const paper = await startPaper(t, { demo: false, toml });
  const site = await otherSite(t, paper, { '/tides': {} });
  const post = async (more) => {
    const answer = await fetch(paper.at(`/api/v1/sites/${site.key}/comments`), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ url: `${site.origin}/tides`, name: 'Per', ...more }),
    });
    assert.equal(answer.status, 201);
    return answer.json();
  };
  const first = await post({ text: 'The very first.' });
  for (let n = 0; n < 60; n += 1) await post({ text: `Number ${n} of many.` });
  const page = await reader(paper, { hosts: [new URL(site.origin).host], init: axe, statuses: [422] });
  await page.goto(`${site.origin}/tides#comment-${first.id}`);
  await page.locator('article').filter({ hasText: 'The very first.' }).waitFor();
  await page.waitForFunction((id) => document.querySelector('#dateline-comments').shadowRoot.activeElement?.id === id, `comment-${first.id}`);
  const form = page.getByRole('form', { name: 'Your comment' });
  await form.getByText('Letters about this comment').click();
  await form.getByLabel('Name').fill('Ada');
  await form.getByLabel('Your comment').fill('With an address.');
  await form.getByLabel('Mail address (optional)').fill('ada@nowhere');
  await form.getByLabel('Write to me when somebody answers').check();
  assert.deepEqual(await violations(page), []);
  await form.getByRole('button', { name: 'Post comment' }).click();
  await form.getByRole('alert').filter({ hasText: 'That is no mail address.' }).waitFor();
  assert.equal(await form.getByLabel('Mail address (optional)').getAttribute('aria-invalid'), 'true');
  await form.getByLabel('Mail address (optional)').fill('ada@post.example');
  const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/comments'));
  await form.getByRole('button', { name: 'Post comment' }).click();
  const { email, answers } = (await sent).postDataJSON();
  assert.deepEqual({ email, answers }, { email: 'ada@post.example', answers: true });
  await page.locator('article').filter({ hasText: 'With an address.' }).waitFor();
  // The address stays nowhere in the page.
  assert.equal(await form.getByLabel('Mail address (optional)').inputValue(), '');
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify(localStorage)), /post\.example/);
});
