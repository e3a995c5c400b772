// A reader's account: in by a real OpenID Connect provider, with script and without, writing, taking along, erasing;
// and what is not believed.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { axe, violations } from './axe.js';
import { fakeProvider, realProvider } from './provider.js';
import { binary, closeBrowser, commentForm, reader, say, signIn, sitemapPaths, startPaper } from './support.js';

after(closeBrowser);

/** Settings of a paper with that provider. */
const with_ = (issuer, more = {}) => ({
  DATELINE_IDENTITY_PROVIDERS: `courier = ${issuer}`,
  DATELINE_IDENTITY_CLIENTS: 'courier = dateline',
  DATELINE_IDENTITY_SECRETS: 'courier = a-secret-of-the-test',
  DATELINE_IDENTITY_LABELS: 'courier = Courier ID',
  DATELINE_IDENTITY_ALLOW_INSIDE: 'on',
  ...more,
});

const ilse = { name: 'Ilse', password: 'night ferry at ten' };

/** A paper of one story with that provider, and an editor. */
async function paperOf(t, provider, more) {
  const item = {
    uri: 'urn:ferry', type: 'text', version: '1', headline: 'The night ferry', language: 'en',
    body_html: '<p>It leaves at ten.</p>',
  };
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DATELINE_')));
  const before = (folder) => {
    const file = join(folder, 'ferry.json');
    writeFileSync(file, JSON.stringify(item));
    execFileSync(binary, ['import', '--publish', '--data', folder, file], { env });
    execFileSync(binary, ['staff', 'add', ilse.name, '--data', folder], { env, input: `${ilse.password}\n` });
  };
  const paper = await startPaper(t, { demo: false, before, settings: with_(provider.issuer, more) });
  provider.open(paper, 'courier');
  const path = (await sitemapPaths(paper)).find((path) => /ferry/.test(path));
  return { paper, path };
}

/** From the door to the provider, through its own pages, and back. */
async function comeBy(page, login) {
  await page.goto('/account');
  await page.getByRole('link', { name: 'Courier ID' }).click();
  await page.locator('[name="login"]').fill(login);
  await page.locator('[name="password"]').fill('any');
  await page.locator('button[type="submit"]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.waitForURL(/\/account/);
}

for (const script of [true, false]) {
  test(`an account by a provider, ${script ? 'with' : 'without'} script`, async (t) => {
    const provider = await realProvider(t);
    const { paper, path } = await paperOf(t, provider);
    const page = await reader(paper, { script, hosts: [provider.host], statuses: [422] });
    await comeBy(page, 'mette');
    assert.match(page.url(), /\/account\/enter\//);
    assert.equal(await page.locator('#name').inputValue(), 'mette of the Courier', 'what the provider calls her');
    await page.locator('#name').fill('Mette Holm');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.waitForURL(/\/account\?said=made$/);
    assert.match(await page.locator('main').innerText(), /With Courier ID/);

    await page.goto(path);
    const name = commentForm(page).locator('[name="name"]');
    if (script) {
      await page.waitForFunction(() => document.querySelector('#form [name=name]').readOnly);
      assert.equal(await name.inputValue(), 'Mette Holm');
      await commentForm(page).locator('[name="text"]').fill('Written from an account.');
      await commentForm(page).locator('.send button').first().click();
    } else {
      await say(page, 'Anything', 'Written from an account.');
    }
    const mine = page.locator('.comment', { hasText: 'Written from an account.' });
    await mine.waitFor();
    assert.match(await mine.locator('header').innerText(), /Mette Holm\s+Courier ID/, 'her name, and who vouches for her');

    const other = await reader(paper, { script, statuses: [422] });
    await other.goto(path);
    await say(other, 'Mette  Holm', 'I am she.');
    const alert = other.locator('#refusal');
    await other.waitForFunction(() => !document.querySelector('#refusal').hidden);
    assert.match(await alert.innerText(), /that name is an account's here/i);
    assert.equal(await other.locator('.comment', { hasText: 'I am she.' }).count(), 0);

    // Signed out, in again: the account is known, and nothing is asked.
    await page.goto('/account');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/said=out$/);
    await page.getByRole('link', { name: 'Courier ID' }).click();
    await page.waitForURL(/\/account\?said=in$/);
    assert.match(await page.locator('article').first().innerText(), /Written from an account\./);

    const cookies = (await page.context().cookies()).map((c) => `${c.name}=${c.value}`).join('; ');
    const data = await (await fetch(paper.at('/account/data'), { headers: { cookie: cookies } })).json();
    assert.deepEqual(data.account.ways.map((w) => [w.kind, w.label]), [['oidc', 'Courier ID']]);
    assert.equal(data.comments[0].comment.text, 'Written from an account.');

    await page.locator('#with').check();
    await page.locator('#sure').check();
    await page.getByRole('button', { name: 'Erase it' }).click();
    await page.waitForURL(/said=erased$/);
    assert.match(await page.locator('main').innerText(), /The account is erased/);
    assert.equal((await page.context().cookies(paper.url)).filter((c) => c.name === 'dateline_reader').length, 0);
    await page.goto(path);
    if (script) assert.equal(await name.evaluate((e) => e.readOnly), false, 'nobody is signed in');
  });
}

test('what a provider says is believed only with proof', async (t) => {
  const fake = await fakeProvider(t);
  const paper = await startPaper(t, { demo: false, settings: with_(fake.issuer, { DATELINE_IDENTITY_SECONDS: '1' }) });
  const start = async () => {
    const reply = await fetch(paper.at('/account/with/courier'), { redirect: 'manual' });
    assert.equal(reply.status, 303, await reply.clone().text());
    const asked = new URL(reply.headers.get('location')).searchParams;
    assert.equal(asked.get('code_challenge_method'), 'S256');
    assert.ok(asked.get('nonce') && asked.get('state') && asked.get('scope').includes('openid'));
    return { asked, cookie: reply.headers.get('set-cookie').split(';')[0] };
  };
  let n = 0;
  const back = async ({ asked, cookie }, more = {}) => {
    n += 1;
    const query = new URLSearchParams({ code: `code-${n}`, state: asked.get('state'), ...more });
    const reply = await fetch(paper.at(`/account/with/courier/back?${query}`), { redirect: 'manual', headers: { cookie } });
    return { status: reply.status, to: reply.headers.get('location'), set: reply.headers.getSetCookie(), text: await reply.text() };
  };
  const arrive = async (says) => {
    const left = await start();
    fake.says = { ...says, claims: { nonce: left.asked.get('nonce'), ...says.claims } };
    return back(left);
  };

  const good = await arrive({});
  assert.equal(good.status, 303, good.text);
  assert.match(good.to, /^\/account\/enter\/\d+-\d+-[0-9a-f]{24}$/);
  assert.match(good.set.join(), /dateline_way=; Path=\/; Max-Age=0/, 'the way back is used up');

  const now = Math.floor(Date.now() / 1000);
  for (const [says, words] of [
    [{ claims: { nonce: 'another' } }, 'for another sign-in'],
    [{ claims: { nonce: undefined } }, 'for another sign-in'],
    [{ claims: { aud: 'another-paper' } }, 'meant for another site'],
    [{ claims: { aud: ['dateline', 'another'] } }, 'meant for another site'],
    [{ claims: { exp: now - 600, iat: now - 900 } }, 'has ended'],
    [{ claims: { iss: 'https://evil.example' } }, "another provider's"],
    [{ alg: 'none' }, 'not genuine'],
    [{ alg: 'HS256' }, 'not genuine'],
    [{ key: fake.stranger() }, 'not genuine'],
  ]) {
    const refused = await arrive(says);
    assert.equal(refused.status, 422, `${words}: ${refused.to}`);
    assert.ok(refused.text.replaceAll('&#39;', "'").includes(words), `${words}: ${/class="refusal"[^<]*/.exec(refused.text)}`);
    assert.doesNotMatch(refused.set.join(), /dateline_reader/);
  }
  // Another sign-in's answer, somebody else's browser, another provider's word, none at all.
  const left = await start();
  fake.says = { claims: { nonce: left.asked.get('nonce') } };
  for (const [way, more, words] of [
    [{ ...left, cookie: '' }, {}, 'not begun in this browser'],
    [left, { state: 'forged' }, 'not begun in this browser'],
    [{ ...left, cookie: left.cookie.replace(/.$/, '0') }, { state: '' }, 'not begun in this browser'],
    [{ ...left, cookie: (await start()).cookie }, {}, 'not begun in this browser'],
    [left, { iss: 'https://evil.example' }, "another provider"],
    [left, { error: 'access_denied' }, 'did not sign you in'],
  ]) {
    const refused = await back(way, more);
    assert.equal(refused.status, 422);
    assert.ok(refused.text.includes(words), `${words}: ${/class="refusal"[^<]*/.exec(refused.text)}`);
  }
  // A code counts once.
  fake.codes.add('used');
  const used = await back(await start(), { code: 'used' });
  assert.ok(used.status === 422 && used.text.includes('used already'), used.text);
  // It has new keys; they are looked for.
  fake.turn();
  assert.equal((await arrive({})).status, 303, 'keys turn');

  fake.hangs = true;
  const hung = await back(await start());
  assert.equal(hung.status, 502);
  assert.match(hung.text, /Courier ID gives no answer/);
  const nowhere = await fetch(paper.at('/account/with/nobody'), { redirect: 'manual' });
  assert.equal(nowhere.status, 404);
});

test('a provider that hangs, lies about itself, or is inside', async (t) => {
  const silent = await fakeProvider(t);
  silent.hangs = true;
  const liar = await fakeProvider(t);
  liar.claimsToBe = 'https://id.evil.example';
  const settings = with_(silent.issuer, {
    DATELINE_IDENTITY_PROVIDERS: `courier = ${silent.issuer}, liar = ${liar.issuer}`,
    DATELINE_IDENTITY_CLIENTS: 'courier = dateline, liar = dateline',
    DATELINE_IDENTITY_SECONDS: '1',
  });
  const paper = await startPaper(t, { demo: false, settings });
  for (const address of [paper.at('/account/with/courier'), paper.at('/account/with/liar')]) {
    const reply = await fetch(address, { redirect: 'manual' });
    assert.equal(reply.status, 502, address);
    assert.match(await reply.text(), /gives no answer that can be used now/);
    assert.equal(reply.headers.get('set-cookie'), null);
  }
  assert.equal(silent.asked.length, 1);

  const folder = await mkdtemp(join(tmpdir(), 'dateline-identity-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DATELINE_')));
  for (const [more, words] of [
    [{ DATELINE_IDENTITY_ALLOW_INSIDE: 'off' }, /begins with https:\/\//],
    [{ DATELINE_IDENTITY_PROVIDERS: 'courier = https://127.0.0.1', DATELINE_IDENTITY_ALLOW_INSIDE: 'off' }, /an address inside; identity.allow_inside/],
    [{ DATELINE_IDENTITY_PROVIDERS: 'courier = https://localhost', DATELINE_IDENTITY_ALLOW_INSIDE: 'off' }, /localhost is an address inside; identity.allow_inside/],
    [{ DATELINE_IDENTITY_CLIENTS: '' }, /identity.clients has no client for courier/],
    [{ DATELINE_IDENTITY_LABELS: 'other = Other' }, /identity.labels names other/],
    [{ DATELINE_IDENTITY_PROVIDERS: 'courier' }, /must be names of small letters/],
  ]) {
    const ended = spawnSync(binary, ['serve', '--data', folder, '--listen', '127.0.0.1:0'], {
      env: { ...env, ...with_(silent.issuer), ...more }, encoding: 'utf8', timeout: 20_000,
    });
    assert.notEqual(ended.status, 0);
    assert.match(ended.stderr, words);
    assert.doesNotMatch(ended.stderr, /a-secret-of-the-test/);
  }
});

for (const scheme of ['light', 'dark']) {
  test(`the account's pages, ${scheme}`, async (t) => {
    const provider = await realProvider(t);
    const { paper, path } = await paperOf(t, provider, {
      DATELINE_LETTERS_SMTP: 'smtp://127.0.0.1:9', DATELINE_LETTERS_FROM: 'letters@courier.example',
    });
    for (const width of [390, 1280]) {
      const page = await reader(paper, { scheme, width, init: axe, hosts: [provider.host], statuses: [422] });
      const fine = async (what) => {
        assert.deepEqual(await violations(page), [], `${what} at ${width}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(wide, false, `${what} fits at ${width}`);
        if (process.env.DATELINE_TEST_SHOTS) {
          await page.screenshot({ path: join(process.env.DATELINE_TEST_SHOTS, `${what}-${scheme}-${width}.png`), fullPage: true });
        }
      };
      await page.goto('/account');
      await fine('account-door');
      await page.locator('#email').evaluate((e) => { e.type = 'text'; e.value = 'nobody'; });
      await page.getByRole('button', { name: 'Send me a link' }).click();
      await page.locator('#refusal').waitFor();
      await fine('account-door-refused');
      await comeBy(page, `reader-${scheme}-${width}`);
      await fine('account-entry');
      await page.locator('#name').fill(`Reader ${scheme} ${width}`);
      await page.getByRole('button', { name: 'Make the account' }).click();
      await page.waitForURL(/said=made$/);
      await page.goto(path);
      await page.waitForFunction(() => document.querySelector('#form [name=name]').readOnly);
      await commentForm(page).locator('[name="text"]').fill(`From an account, ${scheme} at ${width}.`);
      await commentForm(page).locator('.send button').first().click();
      await page.locator('.comment', { hasText: `${scheme} at ${width}.` }).waitFor();
      await fine('account-story');
      await page.goto('/account');
      await fine('account');

      const desk = await reader(paper, { scheme, width, init: axe });
      await signIn(desk, ilse);
      await desk.goto('/desk/queue?state=shown');
      const row = desk.locator('li.row', { hasText: `${scheme} at ${width}.` });
      await row.getByRole('link', { name: /^Account/ }).click();
      await desk.locator('#words').fill('Professor of hydrology');
      await desk.getByRole('button', { name: 'Give it' }).click();
      await desk.locator('strong', { hasText: 'Professor of hydrology' }).waitFor();
      assert.deepEqual(await violations(desk), [], 'the account at the desk');
      if (process.env.DATELINE_TEST_SHOTS) {
        await desk.screenshot({ path: join(process.env.DATELINE_TEST_SHOTS, `desk-reader-${scheme}-${width}.png`), fullPage: true });
      }
      await desk.getByRole('button', { name: 'Free it' }).click();
      await desk.getByRole('heading', { name: /^Account \d+$/ }).waitFor();
      assert.deepEqual(await violations(desk), [], 'an account whose name was freed');
      await desk.goto('/desk/queue?state=shown');
      await row.getByRole('link', { name: 'Reply as staff' }).click();
      await desk.locator('#text').waitFor();
      await desk.waitForLoadState('load');
      assert.deepEqual(await violations(desk), [], 'writing as staff');
      await desk.locator('#text').fill(`Thank you, ${scheme} ${width}.`);
      await desk.getByRole('button', { name: 'Post it' }).click();
      await desk.locator('.comment', { hasText: `Thank you, ${scheme} ${width}.` }).locator('.staff').first().waitFor();
    }
  });
}
