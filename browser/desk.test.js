// A day at the desk: a story written, published, corrected and killed; comments ruled on; sessions ended.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  closeBrowser, demoEditor, fetchText, quietStory, reader, say, signIn, sitemapPaths, startPaper,
} from './support.js';

after(closeBrowser);

/** Writes a story of that headline and publishes it; answers its path. The page stays on its editor. */
async function publish(page, headline) {
  await page.goto('/desk');
  await page.getByRole('button', { name: 'New story' }).click();
  await page.waitForURL(/\/desk\/stories\/\d+/);
  await page.locator('#headline').fill(headline);
  await page.locator('#standfirst').fill('Nobody had asked for it.');
  await page.locator('#body').fill('The bell rang twice.\n\nThen it was *quiet* again, as usual in Tarn.');
  await page.locator('#section').fill(await page.locator('#sections option').first().getAttribute('value'));
  await page.getByRole('button', { name: 'Publish now' }).click();
  const onSite = page.getByRole('link', { name: 'On the site' });
  await onSite.waitFor();
  return onSite.getAttribute('href');
}

/** Posts a comment that is held for its three links; answers the address of its receipt. */
async function postHeld(paper, path, name) {
  const page = await reader(paper, { script: false });
  await page.goto(path);
  await say(page, name, `${name} says: see https://a.example https://b.example and https://c.example`);
  await page.waitForURL(/\/receipt\//);
  return page;
}

test('a wrong password is refused in words, and the desk is closed to strangers', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper, { statuses: [400, 401, 403, 422] });
  const { name } = demoEditor(paper);
  for (const path of ['/desk', '/desk/queue', '/desk/stories/1', '/desk/staff']) {
    await page.goto(path);
    assert.equal(new URL(page.url()).pathname, '/desk/sign-in', path);
  }
  await page.locator('[name="name"]').fill(name);
  await page.locator('[name="password"]').fill('not the password');
  await page.locator('main button').first().click();
  await page.locator('#why[role="alert"]').waitFor();
  assert.equal(await page.locator('[name="name"]').inputValue(), name);
  assert.equal(await page.locator('[name="password"]').inputValue(), '');
});

test('written, published, corrected and killed: each shows everywhere at once', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper, { statuses: [400, 422] });
  await signIn(page, demoEditor(paper));
  assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());

  const path = await publish(page, 'Fogbell of Tarn rings by itself');
  const visitor = await reader(paper, { script: false, statuses: [410] });
  await visitor.goto('/');
  assert.ok((await visitor.locator(`main a[href="${path}"]`).count()) >= 1, 'on the front page');
  assert.ok((await fetchText(paper, '/feed.xml')).text.includes(path));
  assert.ok((await sitemapPaths(paper)).includes(path));
  const find = async () => (await fetchText(paper, '/search?q=fogbell')).text.includes(path);
  const within = Date.now() + 1_000;
  while (!(await find())) assert.ok(Date.now() < within, 'found by search within a second');
  await visitor.goto(path);
  assert.equal(await visitor.locator('.body em').innerText(), 'quiet');

  await page.locator('#headline').fill('Fogbell of Tarn rang by itself');
  await page.getByRole('button', { name: 'Save as correction' }).click();
  await page.locator('[role="alert"]').first().waitFor();
  assert.equal(await page.locator('#headline').inputValue(), 'Fogbell of Tarn rang by itself', 'typed words stay');
  await page.locator('#notice').fill('An earlier version had it ringing still.');
  await page.getByRole('button', { name: 'Save as correction' }).click();
  await page.locator('.history', { hasText: 'An earlier version had it ringing still.' }).waitFor();
  await visitor.goto(path);
  assert.equal((await visitor.locator('h1').innerText()).trim(), 'Fogbell of Tarn rang by itself');
  assert.ok(await visitor.getByText('An earlier version had it ringing still.').first().isVisible());

  await page.locator('#killing summary').click();
  await page.locator('#kill_notice').fill('The bell was never there.');
  await page.locator('#confirm').fill('KILL');
  await page.getByRole('button', { name: 'Kill it' }).click();
  await page.getByText('The bell was never there.').first().waitFor();
  const gone = await visitor.goto(path);
  assert.equal(gone.status(), 410);
  assert.match(await visitor.locator('main').innerText(), /The bell was never there\./);
  assert.doesNotMatch(await visitor.locator('main').innerText(), /rang twice/);
  for (const elsewhere of ['/', '/feed.xml', '/atom.xml', '/feed.json', '/news-sitemap.xml', '/search?q=fogbell']) {
    assert.equal((await fetchText(paper, elsewhere)).text.includes(path), false, `${elsewhere} lets it go`);
  }
  assert.equal((await sitemapPaths(paper)).includes(path), false);
});

test('a note to editors never reaches a reader', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper);
  await signIn(page, demoEditor(paper));
  const notes = [];
  for (const tab of ['inbox', 'published']) {
    await page.goto(`/desk?tab=${tab}`);
    for (const href of await page.locator('table.stories a').evaluateAll((all) => all.map((a) => a.getAttribute('href')))) {
      await page.goto(href);
      const note = page.locator('.ednote .text');
      if (await note.count()) notes.push((await note.innerText()).trim());
    }
  }
  for (const note of notes) {
    for (const path of ['/', '/feed.xml', '/feed.json', ...(await sitemapPaths(paper))]) {
      assert.equal((await fetchText(paper, path)).text.includes(note), false, `${path}: ${note}`);
    }
  }
  t.diagnostic(`${notes.length} notes looked for`);
});

test('two who edit one story lose nothing', async (t) => {
  const paper = await startPaper(t);
  const [first, second] = [await reader(paper, { statuses: [409] }), await reader(paper, { statuses: [409] })];
  for (const page of [first, second]) await signIn(page, demoEditor(paper));
  await first.getByRole('button', { name: 'New story' }).click();
  await first.waitForURL(/\/desk\/stories\/\d+/);
  await second.goto(first.url());
  await first.locator('#headline').fill('As the first has it');
  await first.getByRole('button', { name: 'Save', exact: true }).click();
  await first.locator('h1', { hasText: 'As the first has it' }).waitFor();
  await second.locator('#headline').fill('As the second has it');
  await second.getByRole('button', { name: 'Save', exact: true }).click();
  const both = second.locator('.conflict');
  await both.waitFor();
  assert.match(await both.innerText(), /As the first has it/);
  assert.equal(await second.locator('#headline').inputValue(), 'As the second has it');
});

test('held comments: shown and removed, and the receipt tells their writers', async (t) => {
  const paper = await startPaper(t);
  const { path } = await quietStory(paper);
  const [welcome, unwelcome] = [await postHeld(paper, path, 'Welcome'), await postHeld(paper, path, 'Unwelcome')];
  for (const receipt of [welcome, unwelcome]) {
    assert.match(await receipt.locator('main').innerText(), /wait|moderator/i);
    assert.match((await fetchText(paper, new URL(receipt.url()).pathname)).text, /noindex/);
  }
  assert.equal((await fetchText(paper, path)).text.includes('says: see'), false, 'held comments are not shown');

  const page = await reader(paper);
  await signIn(page, demoEditor(paper));
  await page.goto('/desk/queue');
  const row = (name) => page.locator('li.row', { has: page.locator('.name', { hasText: new RegExp(`^${name}$`) }) });
  await row('Welcome').getByRole('button', { name: 'Show', exact: true }).click();
  await row('Welcome').waitFor({ state: 'detached' });
  await row('Unwelcome').locator('select[name="reason"]').selectOption('advertising');
  await row('Unwelcome').getByRole('button', { name: 'Remove', exact: true }).click();
  await row('Unwelcome').waitFor({ state: 'detached' });

  await welcome.reload();
  assert.ok((await welcome.locator(`main a[href*="${path}"]`).count()) >= 1, 'the receipt leads to the comment');
  await unwelcome.reload();
  assert.match(await unwelcome.locator('main').innerText(), /advertis/i);
  const shown = (await fetchText(paper, path)).text;
  assert.ok(shown.includes('Welcome says: see'));
  assert.equal(shown.includes('Unwelcome says: see'), false);
});

test('a discussion closed by hand takes no more, and says so', async (t) => {
  const paper = await startPaper(t);
  const { path } = await quietStory(paper);
  const page = await reader(paper);
  await signIn(page, demoEditor(paper));
  const mine = await publish(page, 'A story that is talked out');
  assert.notEqual(mine, path);
  await page.locator('#mode').selectOption('closed');
  await page.getByRole('button', { name: 'Set' }).click();
  await page.waitForLoadState();
  const visitor = await reader(paper, { script: false });
  await visitor.goto(mine);
  assert.equal(await visitor.locator('#comments textarea').count(), 0);
  assert.match(await visitor.locator('#comments').innerText(), /closed/i);
  const late = await fetchText(paper, `${mine}/comments`, {
    method: 'POST', headers: { origin: paper.url }, body: new URLSearchParams({ name: 'Late', text: 'One more thing.' }),
  });
  assert.ok(late.status >= 400 && late.status < 500);
  assert.match(late.text, /closed/i);
});

test('sessions are listed, and one ended is out at once', async (t) => {
  const paper = await startPaper(t);
  const [here, there] = [await reader(paper), await reader(paper)];
  for (const page of [here, there]) await signIn(page, demoEditor(paper));
  await here.goto('/desk/sessions');
  assert.equal(await here.locator('tbody tr').count(), 2);
  await here.locator('tbody form button').first().click();
  await here.waitForFunction(() => document.querySelectorAll('tbody tr').length === 1);
  await there.goto('/desk');
  assert.equal(new URL(there.url()).pathname, '/desk/sign-in');
  await here.getByRole('button', { name: 'Sign out' }).click();
  await here.goto('/desk');
  assert.equal(new URL(here.url()).pathname, '/desk/sign-in');
});

test('a form of the desk sent from elsewhere does nothing', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper);
  await signIn(page, demoEditor(paper));
  const [cookie] = await page.context().cookies(paper.at('/desk'));
  assert.ok(cookie.httpOnly && cookie.sameSite === 'Strict', 'the session is kept from scripts and other sites');
  const session = `${cookie.name}=${cookie.value}`;
  for (const headers of [{ cookie: session, origin: 'https://elsewhere.example' }, { cookie: session, origin: paper.url }]) {
    const answer = await fetchText(paper, '/desk/stories', { method: 'POST', headers, body: new URLSearchParams({}) });
    assert.ok(answer.status >= 400 && answer.status < 500, `without its token: ${answer.status}`);
  }
});
