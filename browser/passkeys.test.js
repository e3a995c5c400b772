// Passkeys in a real browser, with its own virtual security key: added, used, removed; and what opens nothing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, test } from 'node:test';
import { axe, violations } from './axe.js';
import { answeredHere, byName, securityKey, unasked } from './security-key.js';
import { binary, closeBrowser, reader, signIn, startPaper } from './support.js';

after(closeBrowser);

const ILSE = { name: 'Ilse', password: 'night ferry at ten' };

/** An empty paper at which Ilse works. */
async function desk(t, options = {}) {
  const paper = await startPaper(t, { demo: false, ...options });
  execFileSync(binary, ['staff', 'add', ILSE.name, '--data', paper.folder], { input: ILSE.password });
  return paper;
}

const row = (page, name) => page.locator('.passkeys tbody tr', { hasText: name });

async function addPasskey(page, name) {
  await page.goto('/desk/sessions');
  await page.getByLabel('Name of a new passkey').fill(name);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey is added.').waitFor();
}

async function signOut(page) {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/sign-in/);
}

const signInWithPasskey = (page) => page.getByRole('button', { name: 'Sign in with a passkey' }).click();

test('the browser offers the passkey by itself', async (t) => {
  const paper = byName(await desk(t));
  const page = await reader(paper);
  await securityKey(page);
  await signIn(page, ILSE);
  await addPasskey(page, 'Key');
  // Nothing is typed and nothing pressed at the door.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/desk$/);
  await page.goto('/desk/sessions');
  assert.doesNotMatch(await row(page, 'Key').innerText(), /never/);
});

for (const scheme of ['light', 'dark']) {
  test(`added, used and removed, ${scheme}`, async (t) => {
    const paper = byName(await desk(t));
    const page = await reader(paper, { scheme, width: scheme === 'dark' ? 390 : 1280, init: axe + unasked });
    const key = await securityKey(page);
    await signIn(page, ILSE);
    await addPasskey(page, 'Work laptop');
    assert.match(await row(page, 'Work laptop').innerText(), /never/);
    assert.deepEqual(await violations(page), [], 'with a passkey');
    const [kept] = await key.kept();
    assert.ok(kept.isResidentCredential && kept.rpId === 'localhost', 'found without a name being typed');
    // A device has one passkey of a person's.
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByText('This device has a passkey of yours already.').waitFor();

    await signOut(page);
    assert.deepEqual(await violations(page), [], 'the door');
    await signInWithPasskey(page);
    await page.waitForURL(/\/desk$/);
    await page.goto('/desk/sessions');
    assert.doesNotMatch(await row(page, 'Work laptop').innerText(), /never/);

    await row(page, 'Work laptop').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The passkey is removed.').waitFor();
    assert.equal(await row(page, 'Work laptop').count(), 0);
  });
}

test('a removed passkey, and one whose holder is not verified, open nothing', async (t) => {
  const paper = byName(await desk(t));
  const page = await reader(paper, { statuses: [422], init: unasked });
  const key = await securityKey(page);
  await signIn(page, ILSE);
  await addPasskey(page, 'Key');
  await signOut(page);
  await key.verified(false);
  await signInWithPasskey(page);
  await page.getByText('The passkey was not used').waitFor();

  await key.verified(true);
  await page.goto('/desk/sign-in');
  await signInWithPasskey(page);
  await page.waitForURL(/\/desk$/);
  await page.goto('/desk/sessions');
  await row(page, 'Key').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('The passkey is removed.').waitFor();
  await signOut(page);
  await signInWithPasskey(page);
  await page.getByText('This passkey does not open the desk.').waitFor();
  await page.goto('/desk');
  assert.equal(new URL(page.url()).pathname, '/desk/sign-in');
});

test('an answer sent again, one made on another site, and a count that goes back open nothing', async (t) => {
  const paper = byName(await desk(t));
  const elsewhere = byName(await startPaper(t, { demo: false }));
  const page = await reader(paper, { statuses: [422], init: unasked });
  // The other paper has the same name for browsers, and another origin.
  await page.context().unrouteAll();
  const key = await securityKey(page);
  await signIn(page, ILSE);
  await addPasskey(page, 'Key');
  await signOut(page);

  const sent = page.waitForRequest((request) => request.url().endsWith('/desk/sign-in/passkey'));
  await signInWithPasskey(page);
  const body = (await sent).postData();
  await page.waitForURL(/\/desk$/);
  await signOut(page);
  const post = (text) => page.evaluate(async (text) => {
    const answer = await fetch('/desk/sign-in/passkey', { method: 'POST', body: new URLSearchParams(text) });
    return { status: answer.status, at: new URL(answer.url).pathname, text: await answer.text() };
  }, text);
  const again = await post(body);
  assert.equal(again.status, 422);
  assert.match(again.text, /was sent twice/);

  // The question of this paper, answered on a page of another: the browser writes down where it was.
  const question = await page.evaluate(async () => {
    const answer = await fetch('/desk/sign-in/ask', { method: 'POST', body: new URLSearchParams({ csrf: '' }) });
    return (await answer.json()).challenge;
  });
  await page.goto(`${elsewhere.url}/search`);
  const stolen = await answeredHere(page, question);
  await page.goto(`${paper.url}/desk/sign-in`);
  const foreign = await post(new URLSearchParams({ csrf: '', passkey: stolen }).toString());
  assert.equal(foreign.status, 422);
  assert.match(foreign.text, /does not open the desk/);

  // A copy that was made when the key had been used less.
  const [kept] = await key.kept();
  assert.ok(kept.signCount > 1, `the key counts: ${kept.signCount}`);
  await key.forget(kept.credentialId);
  await key.keep({ ...kept, signCount: 0 });
  await page.goto('/desk/sign-in');
  await signInWithPasskey(page);
  await page.locator('#why').waitFor();
  assert.match(await page.locator('#why').innerText(), /as if there were a copy of it/);
  await page.goto('/desk');
  assert.equal(new URL(page.url()).pathname, '/desk/sign-in');
});

test('where passkeys are required, a password leads to adding one and to nothing else', async (t) => {
  const paper = byName(await desk(t, { settings: { DATELINE_STAFF_PASSKEYS: 'required' } }));
  const page = await reader(paper, { init: axe + unasked, statuses: [422] });
  await securityKey(page);
  await page.goto('/desk/sign-in');
  await page.getByLabel('Name').fill(ILSE.name);
  await page.getByLabel('Password').fill(ILSE.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/desk\/sessions/);
  await page.getByText('This paper asks its people for a passkey.').waitFor();
  assert.deepEqual(await violations(page), [], 'a passkey is wanted');
  await page.goto('/desk/queue');
  assert.equal(new URL(page.url()).pathname, '/desk/sessions');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('The passkey is added.').waitFor();
  assert.match(await page.locator('.passkeys tbody').innerText(), /Chrom.* on Linux/, 'named after the browser');
  assert.equal(await page.getByRole('button', { name: 'Remove' }).count(), 0, 'the last way in stays');
  await page.goto('/desk/queue');
  assert.equal(new URL(page.url()).pathname, '/desk/queue');
  await signOut(page);
  await page.getByLabel('Name').fill(ILSE.name);
  await page.getByLabel('Password').fill(ILSE.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('This paper asks for the passkey that you have.').waitFor();
  await signInWithPasskey(page);
  await page.waitForURL(/\/desk$/);

  // The key is lost: the way back.
  const drop = ['staff', 'drop-passkeys', ILSE.name.toUpperCase(), '--data', paper.folder];
  assert.match(execFileSync(binary, drop, { encoding: 'utf8' }), /^1 passkeys of \S+ are removed/);
  await page.goto('/desk');
  assert.equal(new URL(page.url()).pathname, '/desk/sign-in', 'signed out everywhere');
  await page.getByLabel('Name').fill(ILSE.name);
  await page.getByLabel('Password').fill(ILSE.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/desk\/sessions/);
});

test('without script, and at an address that has no passkeys, the pages say so', async (t) => {
  const paper = await desk(t);
  const plain = await reader(byName(paper), { script: false });
  await signIn(plain, ILSE);
  await plain.goto('/desk/sessions');
  assert.match(await plain.locator('.passkeys').innerText(), /takes script, which is off here/);
  assert.equal(await plain.getByRole('button', { name: 'Add a passkey' }).isVisible(), false);
  await signOut(plain);
  assert.match(await plain.locator('main').innerText(), /A password does without/);
  assert.equal(await plain.getByRole('button', { name: 'Sign in with a passkey' }).isVisible(), false);

  const page = await reader(paper);
  await signIn(page, ILSE);
  await page.goto('/desk/sessions');
  await page.getByText(`kept for ${byName(paper).url}`).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Add a passkey' }).isVisible(), false);
});
