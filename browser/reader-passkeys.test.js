// Readers' accounts by passkey in a real browser, with its own virtual security key: made, written from, left and entered
// again, a second one added, one removed; and without script.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { axe, violations } from './axe.js';
import { answeredHere, byName, securityKey } from './security-key.js';
import { binary, closeBrowser, commentForm, reader, sitemapPaths, startPaper } from './support.js';

after(closeBrowser);

/** A paper of one story, under the name for which browsers keep passkeys at home. */
async function paperOf(t, more = {}) {
  const item = {
    uri: 'urn:ferry', type: 'text', version: '1', headline: 'The night ferry', language: 'en',
    body_html: '<p>It leaves at ten.</p>',
  };
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DATELINE_')));
  const before = (folder) => {
    const file = join(folder, 'ferry.json');
    writeFileSync(file, JSON.stringify(item));
    execFileSync(binary, ['import', '--publish', '--data', folder, file], { env });
  };
  const paper = await startPaper(t, { demo: false, before, settings: { DATELINE_IDENTITY_PASSKEYS: 'on', ...more } });
  const path = (await sitemapPaths(paper)).find((path) => /ferry/.test(path));
  return { paper: byName(paper), path };
}

for (const [scheme, width] of [['light', 1280], ['dark', 390]]) {
  test(`an account by passkey and nothing else, ${scheme}`, async (t) => {
    const { paper, path } = await paperOf(t);
    const page = await reader(paper, { scheme, width, init: axe, statuses: [422] });
    const key = await securityKey(page);
    const fits = async (what) => {
      assert.deepEqual(await violations(page), [], what);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${what} fits`);
      if (process.env.DATELINE_TEST_SHOTS) {
        await page.screenshot({ path: join(process.env.DATELINE_TEST_SHOTS, `passkey-${what}-${scheme}.png`), fullPage: true });
      }
    };
    await page.goto('/account');
    await page.getByRole('button', { name: 'Make the account with a passkey' }).waitFor();
    await fits('door');
    // A name of the newsroom's: refused before the device keeps anything.
    await page.getByLabel('Name beside your comments').fill('Moderator');
    await page.getByRole('button', { name: 'Make the account with a passkey' }).click();
    await page.getByText('belongs to the newsroom').waitFor();
    assert.deepEqual(await key.kept(), []);
    await page.getByLabel('Name beside your comments').fill('Mette Holm');
    await page.getByRole('button', { name: 'Make the account with a passkey' }).click();
    await page.waitForURL(/\/account\?said=made$/);
    assert.match(await page.locator('main').innerText(), /With the passkey Chrom.* on Linux/);
    assert.equal((await key.kept()).length, 1);
    await fits('account');

    await page.goto(path);
    await page.waitForFunction(() => document.querySelector('#form [name=name]').readOnly);
    assert.equal(await commentForm(page).locator('[name="name"]').inputValue(), 'Mette Holm');
    await commentForm(page).locator('[name="text"]').fill('Written from an account.');
    await commentForm(page).locator('.send button').first().click();
    const mine = page.locator('.comment', { hasText: 'Written from an account.' });
    await mine.waitFor();
    assert.match(await mine.locator('header').innerText(), /Mette Holm/);

    await page.goto('/account');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/said=out$/);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(/\/account\?said=in$/);
    assert.match(await page.locator('article').first().innerText(), /Written from an account\./);

    // The same device gives no second one; another does.
    await page.getByLabel('Name of a new passkey').fill('My phone');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('This device has a passkey of yours already.').waitFor();
    assert.equal(await page.getByRole('button', { name: /^Remove/ }).count(), 0, 'the last way stays');
    await key.change();
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.waitForURL(/said=way$/);
    await page.getByRole('button', { name: /^Remove With the passkey Chrom/ }).click();
    // Whoever came by it is signed out: this very browser.
    await page.waitForURL(/said=no-way$/);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(/said=in$/);
    const ways = await page.locator('main').innerText();
    assert.match(ways, /With the passkey My phone/);
    assert.doesNotMatch(ways, /With the passkey Chrom/);
    assert.equal(await page.getByRole('button', { name: /^Remove/ }).count(), 0, 'the last way stays');
  });
}

test('an answer sent again, and one made on another site, open nothing', async (t) => {
  const { paper } = await paperOf(t);
  const elsewhere = await startPaper(t, { demo: false });
  const page = await reader(paper, { statuses: [422] });
  await page.context().unrouteAll();
  await securityKey(page);
  await page.goto('/account');
  await page.getByLabel('Name beside your comments').fill('Mette Holm');
  await page.getByRole('button', { name: 'Make the account with a passkey' }).click();
  await page.waitForURL(/said=made$/);
  const out = async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/said=out$/);
  };
  await out();
  const sent = page.waitForRequest((request) => request.url().endsWith('/account/passkey'));
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  const body = (await sent).postData();
  await page.waitForURL(/said=in$/);
  await out();
  const post = (text) => page.evaluate(async (text) => {
    const answer = await fetch('/account/passkey', { method: 'POST', body: new URLSearchParams(text) });
    return { status: answer.status, text: await answer.text(), me: await (await fetch('/account/me')).json() };
  }, text);
  const again = await post(body);
  assert.deepEqual([again.status, again.me], [422, { name: null }]);
  assert.match(again.text, /was sent twice/);

  // The question of this paper, answered on a page of another: the browser writes down where it was.
  const question = await page.evaluate(async () => {
    const answer = await fetch('/account/passkey/ask', { method: 'POST' });
    return (await answer.json()).challenge;
  });
  await page.goto(`${byName(elsewhere).url}/search`);
  const stolen = await answeredHere(page, question);
  await page.goto(`${paper.url}/account`);
  const foreign = await post(new URLSearchParams({ passkey: stolen }).toString());
  assert.deepEqual([foreign.status, foreign.me], [422, { name: null }]);
  assert.match(foreign.text, /opens no account here/);
});

test('without script, and at an address that has no passkeys, the door says so in its language', async (t) => {
  const { paper } = await paperOf(t, { DATELINE_PAPER_LANGUAGE: 'de' });
  const plain = await reader(paper, { script: false });
  await plain.goto('/account');
  assert.match(await plain.locator('main').innerText(), /Passkeys brauchen Skripte, und die sind hier ausgeschaltet/);
  assert.equal(await plain.locator('#new-passkey').isVisible(), false);
  const page = await reader({ ...paper, url: paper.url.replace('localhost', '127.0.0.1') });
  await page.goto('/account');
  await page.getByText(`Passkeys dieser Zeitung gelten für ${paper.url}`).waitFor();
  assert.equal(await page.locator('#with-passkey').isVisible(), false);
});
