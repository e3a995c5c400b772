// The discussion on a page of another site, in a browser that keeps no cookie of third parties.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { after, test } from 'node:test';
import { chromium } from 'playwright-core';
import { axe, violations } from './axe.js';
import { otherSite } from './other-site.js';
import { realProvider } from './provider.js';
import { PATIENCE, binary, chromiumFlags, chromiumPath, closeBrowser, commentForm, reader, signIn, startPaper } from './support.js';

const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: [...chromiumFlags, '--test-third-party-cookie-phaseout'],
});
after(() => Promise.all([browser.close(), closeBrowser()]));

/** Whose readers leave before it ends: a line that breaks is told on the console. */
const houses = new WeakMap();
async function paperOf(t, more = {}) {
  const paper = await startPaper(t, { demo: false, ...more });
  houses.set(t, paper);
  return paper;
}

/**
 * A window on the other site; the test fails for a script error, a breach of policy, or a cookie.
 * `statuses`: failing answers that it will cause; `errors`: the paper will be away; `own`: the paper's own cookie,
 * which its pages alone set.
 */
async function visitor(t, { width = 1280, errors = false, statuses = [], own = [], ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', ...more });
  context.setDefaultTimeout(PATIENCE);
  const amiss = [];
  context.on('page', (page) => {
    page.on('pageerror', (error) => amiss.push(`script error: ${error.message}`));
    page.on('console', (message) => {
      const status = Number(/status of (\d{3})/.exec(message.text())?.[1]);
      if (message.type() === 'error' && !errors && !statuses.includes(status)) amiss.push(`console: ${message.text()}`);
    });
  });
  const leave = async () => {
    const cookies = await context.cookies();
    await context.close();
    assert.deepEqual(cookies.map((one) => one.name), own, 'no cookie but those of the paper’s own pages');
    assert.deepEqual(amiss, []);
  };
  if (houses.has(t)) houses.get(t).readers.push(leave);
  else t.after(leave);
  return context.newPage();
}

const comment = (page, text) => page.locator('article').filter({ hasText: text });

async function write(page, form, name, text) {
  await form.getByLabel('Name').fill(name);
  await form.getByRole('textbox').last().fill(text);
  await form.locator('button').first().click();
}

test('read, post, answer, change, mark and withdraw on a page of another site', async (t) => {
  const paper = await paperOf(t);
  const list = '<ul><li><a href="/tides" data-dateline-count>-</a></li><li><a href="/empty" data-dateline-count>-</a></li></ul>';
  const site = await otherSite(t, paper, {
    '/tides': {},
    '/empty': {},
    '/list': { body: list, attributes: 'data-counts' },
  });
  const page = await visitor(t, { statuses: [422] });
  await page.goto(`${site.origin}/tides?utm_source=x#top`);
  await page.getByText('Nobody has said anything yet.').waitFor();
  await write(page, page.getByRole('form', { name: 'Your comment' }), 'Ada Vik', 'High *water* at <b>four</b>.');
  const root = comment(page, 'High water');
  await root.waitFor();
  assert.equal(await root.locator('em').innerText(), 'water');
  assert.equal(await root.locator('b').first().innerText(), 'Ada Vik', 'markup of the writer is text');
  assert.match(await root.innerText(), /<b>four<\/b>/);
  assert.match(await root.innerText(), /127\.0\.0\.\*/);
  await page.waitForFunction(() => document.querySelector('#dateline-comments').shadowRoot.activeElement?.tagName === 'ARTICLE');
  await page.getByRole('heading', { name: 'Comments (1)' }).waitFor();

  // Another reader answers and marks.
  const other = await visitor(t);
  await other.goto(`${site.origin}/tides`);
  const seen = comment(other, 'High water');
  await seen.waitFor();
  assert.equal(await seen.getByRole('button', { name: 'Edit' }).count(), 0, 'only its writer may change it');
  await seen.getByRole('button', { name: 'Reply' }).click();
  await write(other, other.getByRole('form', { name: 'Your reply' }), 'Per', 'At five, surely.');
  const reply = comment(other, 'At five, surely.').last();
  await reply.waitFor();
  assert.match(await reply.getAttribute('class'), /\bd1\b/);
  const valuable = comment(other, 'High water').getByRole('button', { name: 'Valuable' });
  await valuable.click();
  await other.getByRole('button', { name: 'Valuable 1: Ada Vik' }).waitFor();
  assert.equal(await valuable.getAttribute('aria-pressed'), 'true');

  // Its writer changes it, also after a reload: the right to do so is kept by the page.
  await page.reload();
  await root.waitFor();
  assert.equal(await comment(page, 'At five, surely.').getByRole('button', { name: 'Edit' }).count(), 0);
  await root.getByRole('button', { name: 'Edit' }).click();
  const change = root.getByRole('form', { name: 'Your comment' });
  await change.getByRole('textbox').fill('Low water at *six*.');
  await change.getByRole('button', { name: 'Save' }).click();
  const changed = comment(page, 'Low water');
  await changed.waitFor();
  assert.match(await changed.innerText(), /edited/);
  assert.equal(await comment(page, 'High water').count(), 0);

  // What the paper refuses is said, and nothing typed is lost.
  const form = page.getByRole('form', { name: 'Your comment' });
  const amiss = page.waitForResponse((r) => r.status() === 422);
  await write(page, form, 'Ada Vik', 'Low water at *six*.');
  await amiss;
  await page.getByRole('alert').filter({ hasText: 'said here already' }).waitFor();
  assert.equal(await form.getByRole('textbox').last().inputValue(), 'Low water at *six*.');

  const listed = await visitor(t);
  await listed.goto(`${site.origin}/list`);
  await listed.waitForFunction(() => document.querySelector('[data-dateline-count]').textContent === '2');
  assert.deepEqual(await listed.locator('[data-dateline-count]').allInnerTexts(), ['2', '0']);
  assert.equal(await listed.getByText('Your comment').count(), 0, 'counts alone');

  await changed.getByRole('button', { name: 'Withdraw' }).click();
  await changed.getByRole('button', { name: 'Click again to withdraw it' }).click();
  await page.getByText('A comment was withdrawn by its writer.').waitFor();
  assert.equal(await comment(page, 'Low water').count(), 0);
  assert.equal(await comment(page, 'At five, surely.').count(), 1, 'the answer stays');

  // Reported where every comment is reported: on the paper.
  const report = page.getByRole('link', { name: 'Report: Per' });
  assert.equal((await fetch(await report.getAttribute('href'))).status, 200);
});

test('asked for a moment’s work, the browser does it, and the comment is shown', async (t) => {
  const paper = await paperOf(t, { toml: '[discussion]\nproof_of_work = "always"\nproof_bits = 12\n' });
  const site = await otherSite(t, paper, { '/tides': {} });
  const page = await visitor(t, { statuses: [422] });
  const solvers = [];
  page.on('request', (request) => { if (/\/assets\/work-/.test(request.url())) solvers.push(request.url()); });
  await page.goto(`${site.origin}/tides`);
  const form = page.getByRole('form', { name: 'Your comment' });
  await form.waitFor();
  assert.deepEqual(solvers, [], 'fetched only when it is asked for');
  await write(page, form, 'Ada Vik', 'High water at four.');
  await comment(page, 'High water at four.').waitFor();
  assert.equal(solvers.length, 1);
  // The page has its discussion now; the next comment is asked as well.
  await write(page, form, 'Ada Vik', 'Low water at ten.');
  await comment(page, 'Low water at ten.').waitFor();
  assert.equal(await page.locator('article').count(), 2);
});

test('what others write is told while the page is read, and shown when the reader wants it', async (t) => {
  const paper = await paperOf(t);
  const site = await otherSite(t, paper, { '/tides': {} });
  const [page, other] = [await visitor(t), await visitor(t)];
  for (const one of [page, other]) {
    await one.goto(`${site.origin}/tides`);
    await one.getByText('Nobody has said anything yet.').waitFor();
  }
  await write(page, page.getByRole('form', { name: 'Your comment' }), 'Ada', 'High water at four.');
  await comment(page, 'High water').waitFor();
  await other.reload();
  await comment(other, 'High water').waitFor();
  const answering = comment(page, 'High water').getByRole('button', { name: 'Reply' });
  await answering.click();
  await page.getByRole('form', { name: 'Your reply' }).getByRole('textbox').last().fill('Half a thought');
  await write(other, other.getByRole('form', { name: 'Your comment' }), 'Per', 'At five, surely.');
  await comment(other, 'At five').waitFor();
  const news = page.getByRole('button', { name: 'New comments (1)' });
  await news.waitFor();
  assert.equal(await comment(page, 'At five').count(), 0, 'nothing moves while somebody reads');
  assert.equal(await other.getByRole('button', { name: /^New comments/ }).count(), 0, 'one’s own is no news');
  await news.click();
  await comment(page, 'At five').waitFor();
  assert.equal(await news.count(), 0);
  await page.getByRole('heading', { name: 'Comments (2)' }).waitFor();
  await comment(page, 'High water').getByRole('button', { name: 'Reply' }).click();
  assert.equal(await page.getByRole('form', { name: 'Your reply' }).getByRole('textbox').last().inputValue(), 'Half a thought');
});

test('editors’ picks and what is pinned are marked', async (t) => {
  const paper = await paperOf(t);
  const added = spawnSync(binary, ['staff', 'add', 'Bo', '--role', 'moderator', '--data', paper.folder], { input: 'night ferry at ten\n' });
  assert.equal(added.status, 0, String(added.stderr));
  const site = await otherSite(t, paper, { '/tides': {} });
  const page = await visitor(t);
  await page.goto(`${site.origin}/tides`);
  for (const words of ['The first word.', 'The second word.', 'The third word.']) {
    await write(page, page.getByRole('form', { name: 'Your comment' }), 'Ada', words);
    await comment(page, words).waitFor();
  }
  const id = async (words) => (await comment(page, words).getAttribute('id')).replace('comment-', '');
  const desk = await reader(paper);
  await signIn(desk, { name: 'Bo', password: 'night ferry at ten' });
  const press = async (words, act) => {
    await desk.goto('/desk/queue?state=shown');
    const form = desk.locator(`form[action="/desk/comments/${await id(words)}/${act}"]`);
    await Promise.all([desk.waitForURL(/said=/), form.evaluate((one) => one.submit())]);
  };
  await press('The first word.', 'pin');
  await press('The second word.', 'feature');
  await page.reload();
  await comment(page, 'The first word.').waitFor();
  const order = await page.locator('article').evaluateAll((all) => all.map((one) => one.innerText.match(/The \w+ word/)[0]));
  assert.deepEqual(order, ['The first word', 'The third word', 'The second word'], 'the pinned one first');
  assert.equal(await page.getByText('Pinned', { exact: true }).count(), 1);
  assert.match(await comment(page, 'The second word.').innerText(), /Editors’ pick/);
  assert.doesNotMatch(await comment(page, 'The third word.').innerText(), /Editors’ pick/);
  // An answer to the pinned thread leaves it pinned.
  await comment(page, 'The first word.').getByRole('button', { name: 'Reply' }).click();
  await write(page, page.getByRole('form', { name: 'Your reply' }), 'Ada', 'And an answer.');
  await comment(page, 'And an answer.').waitFor();
  assert.equal(await page.getByText('Pinned', { exact: true }).count(), 1);
  // Closed, the thread can be read and marked, and nobody is offered to answer in it.
  const reply = (words) => comment(page, words).getByRole('button', { name: 'Reply' }).count();
  assert.deepEqual([await reply('The first word.'), await reply('And an answer.')], [1, 1]);
  await press('And an answer.', 'thread');
  await page.reload();
  await comment(page, 'The first word.').waitFor();
  assert.equal(await page.getByText('Thread closed', { exact: true }).count(), 1);
  assert.deepEqual([await reply('The first word.'), await reply('And an answer.'), await reply('The third word.')], [0, 0, 1]);
  assert.equal(await comment(page, 'The first word.').getByRole('button', { name: 'Valuable' }).count(), 1);
});

/** A token by which that site vouches for a reader. */
function vouching(paper, key, name) {
  const secret = spawnSync(binary, ['site', 'key', 'add', 'blog', 'k1', '--data', paper.folder], { encoding: 'utf8' }).stdout.trim();
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${part({ alg: 'HS256', kid: 'k1' })}.${part({ sub: '7', name, aud: key, exp: Math.floor(Date.now() / 1000) + 600 })}`;
  return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`;
}

test('who writes is told as on the paper’s own page, dark and right to left, too', async (t) => {
  const provider = await realProvider(t);
  const paper = await paperOf(t, {
    settings: {
      DATELINE_IDENTITY_PROVIDERS: `courier = ${provider.issuer}`, DATELINE_IDENTITY_CLIENTS: 'courier = dateline',
      DATELINE_IDENTITY_SECRETS: 'courier = a-secret-of-the-test', DATELINE_IDENTITY_LABELS: 'courier = Courier ID',
      DATELINE_IDENTITY_ALLOW_INSIDE: 'on',
    },
  });
  provider.open(paper, 'courier');
  const bo = { name: 'Bo', password: 'night ferry at ten' };
  spawnSync(binary, ['staff', 'add', bo.name, '--role', 'moderator', '--data', paper.folder], { input: `${bo.password}\n` });
  const one = 'data-page-id="tides"';
  const pages = {
    '/tides': { attributes: one },
    '/signed': { attributes: one },
    '/dark': { attributes: one, style: 'dark' },
    '/rtl': { attributes: one, lang: 'ar', dir: 'rtl', title: 'المد والجزر' },
  };
  const site = await otherSite(t, paper, pages);
  pages['/signed'].attributes = `${one} data-token="${vouching(paper, site.key, 'Cem')}"`;
  const page = await visitor(t);
  await page.addInitScript(axe);
  await page.goto(`${site.origin}/tides`);
  await write(page, page.getByRole('form', { name: 'Your comment' }), 'Ada', 'By name alone.');
  await comment(page, 'By name alone.').waitFor();
  const signed = await visitor(t);
  await signed.goto(`${site.origin}/signed`);
  const form = signed.getByRole('form', { name: 'Your comment' });
  await form.getByRole('textbox').fill('The site knows me.');
  await form.locator('button').first().click();
  await comment(signed, 'The site knows me.').waitFor();

  // An account writes on the thread at the paper; then the desk gives it a badge, and it writes again.
  const hosted = `/embed/${site.key}?${new URLSearchParams({ url: `${site.origin}/tides`, id: 'tides' })}`;
  const mette = await reader(paper, { hosts: [provider.host] });
  await mette.goto('/account');
  await mette.getByRole('link', { name: 'Courier ID' }).click();
  await mette.locator('[name="login"]').fill('mette');
  await mette.locator('[name="password"]').fill('any');
  await mette.locator('button[type="submit"]').click();
  await mette.getByRole('button', { name: 'Continue' }).click();
  await mette.locator('#name').fill('Mette Holm');
  await mette.getByRole('button', { name: 'Make the account' }).click();
  await mette.waitForURL(/said=made$/);
  const told = async (words) => {
    await mette.goto(hosted);
    await mette.waitForFunction(() => document.querySelector('#form [name=name]').readOnly);
    await commentForm(mette).locator('[name="text"]').fill(words);
    await commentForm(mette).locator('.send button').first().click();
    await mette.locator('.comment', { hasText: words }).waitFor();
  };
  await told('From an account.');
  const desk = await reader(paper);
  await signIn(desk, bo);
  await desk.goto('/desk/queue?state=shown');
  await desk.locator('li.row', { hasText: 'From an account.' }).getByRole('link', { name: /^Account/ }).click();
  await desk.locator('#words').fill('Professor of hydrology');
  await desk.getByRole('button', { name: 'Give it' }).click();
  await desk.locator('strong', { hasText: 'Professor of hydrology' }).waitFor();
  await told('As a professor.');
  await desk.goto('/desk/queue?state=shown');
  await desk.locator('li.row', { hasText: 'As a professor.' }).getByRole('link', { name: 'Reply as staff' }).click();
  await desk.locator('#text').fill('Thank you.');
  await desk.getByRole('button', { name: 'Post it' }).click();
  await desk.locator('.comment', { hasText: 'Thank you.' }).waitFor();

  const badges = (words, of = page) => of.locator('article', { has: of.locator('> div', { hasText: words }) }).locator('.g').allInnerTexts();
  const there = (words) => mette.locator('.comment', { hasText: words }).locator('header .staff, header .vouched').allInnerTexts();
  await page.reload();
  await comment(page, 'Thank you.').waitFor();
  await mette.goto(hosted);
  for (const [words, said] of [
    ['By name alone.', []],
    ['The site knows me.', ['Signed in']],
    ['From an account.', ['Courier ID']],
    ['As a professor.', ['Professor of hydrology', 'Account']],
    ['Thank you.', ['Staff']],
  ]) {
    assert.deepEqual((await badges(words)).map((one) => one.replace('✓ ', '')), said, words);
    assert.deepEqual(await there(words), said, `${words} on the paper`);
  }
  assert.deepEqual(await badges('As a professor.'), ['Professor of hydrology', '✓ Account'], 'what the paper says, and who vouches');
  const looks = () => page.evaluate(() => {
    const all = [...document.querySelector('#dateline-comments').shadowRoot.querySelectorAll('.g')];
    return all.map((one) => getComputedStyle(one).color === getComputedStyle(document.querySelector('main')).color);
  });
  for (const [path, own] of [['/dark', '✓ Signed in'], ['/rtl', '✓ مسجَّل الدخول']]) {
    await page.goto(site.origin + path);
    await comment(page, 'Thank you.').waitFor();
    assert.deepEqual(await badges('The site knows me.'), [own], path);
    assert.deepEqual(await badges('As a professor.'), ['Professor of hydrology', path === '/rtl' ? '✓ حساب' : '✓ Account'], path);
    assert.deepEqual(await looks(), [true, true, true, true, true], `${path}: in the colours of the page`);
    assert.deepEqual(await violations(page), [], path);
    if (process.env.EMBED_SHOTS) await page.screenshot({ path: `${process.env.EMBED_SHOTS}/badges${path.replace('/', '-')}.png`, fullPage: true });
  }
  const side = (words) => page.locator('article', { hasText: words }).evaluate((one) => {
    const [name, badge] = [one.querySelector('b'), one.querySelector('.g')].map((each) => each.getBoundingClientRect());
    return badge.right <= name.left + 1;
  });
  assert.equal(await side('The site knows me.'), true, 'from right to left the badge stands left of the name');
});

test('the form leads to the rules of its site, in the language that is spoken', async (t) => {
  const paper = await paperOf(t);
  const pages = { '/tides': {}, '/de': { lang: 'de' }, '/ar': { lang: 'ar', dir: 'rtl' } };
  const site = await otherSite(t, paper, pages, { flags: ['--closes-after-days', '9', '--language', 'es'] });
  const page = await visitor(t);
  await page.addInitScript(axe);
  for (const [path, words, said] of [
    ['/tides', 'Rules', 'A discussion closes 9 days after its first comment.'],
    ['/de', 'Regeln', 'Eine Diskussion schließt 9 Tage nach ihrem ersten Kommentar.'],
    // The paper has no Arabic: its site speaks Spanish.
    ['/ar', 'القواعد', 'Un debate se cierra 9 días después de su primer comentario.'],
  ]) {
    await page.goto(site.origin + path);
    await page.getByRole('link', { name: words, exact: true }).click();
    await page.getByText(said).waitFor();
    assert.equal(new URL(page.url()).origin, paper.url);
    assert.deepEqual(await violations(page), [], path);
  }
});

test('two sites of one paper, each with its key, its origin and its way', async (t) => {
  const paper = await paperOf(t);
  const blog = await otherSite(t, paper, { '/tides': {} });
  const club = await otherSite(t, paper, { '/tides': { lang: 'de' } }, { name: 'club', flags: ['--mode', 'held-first'] });
  const page = await visitor(t);
  await page.goto(`${blog.origin}/tides`);
  await write(page, page.getByRole('form', { name: 'Your comment' }), 'Ada', 'On the blog.');
  await comment(page, 'On the blog.').waitFor();
  await page.goto(`${club.origin}/tides`);
  await page.getByText('Jeder Kommentar wird vor dem Erscheinen von der Moderation gelesen.').waitFor();
  assert.equal(await page.locator('article').count(), 0, 'nothing of the other site');
  await write(page, page.getByRole('form', { name: 'Ihr Kommentar' }), 'Ada', 'Im Verein.');
  await page.getByText('Ihr Kommentar wartet auf die Moderation.').waitFor();
  const ask = (key, origin) => fetch(paper.at(`/api/v1/sites/${key}/comments?url=${encodeURIComponent(`${origin}/tides`)}`), { headers: { origin } });
  assert.equal((await ask(club.key, club.origin)).status, 200);
  assert.equal((await ask(blog.key, club.origin)).status, 403, 'a key is good for its own origins');
});

test('a page that says no language speaks that of its site, and one that says its own keeps it', async (t) => {
  const paper = await paperOf(t);
  const pages = { '/tides': { lang: '' }, '/it': { lang: 'it' }, '/ru': { lang: 'ru' }, '/en': { lang: 'en-GB' } };
  const site = await otherSite(t, paper, pages, { flags: ['--language', 'de'] });
  const plain = await otherSite(t, paper, { '/tides': { lang: '' } }, { name: 'plain' });
  const page = await visitor(t);
  for (const [path, said] of [['/it', 'Noch hat niemand etwas gesagt.'], ['/ru', 'Пока никто ничего не сказал.'], ['/en', 'Nobody has said anything yet.']]) {
    await page.goto(`${site.origin}${path}`);
    await page.getByText(said).waitFor();
  }
  await page.goto(`${site.origin}/tides`);
  await write(page, page.getByRole('form', { name: 'Ihr Kommentar' }), 'Ada', 'Es flutet.');
  await comment(page, 'Es flutet.').waitFor();
  assert.equal(await page.locator('section[lang=de] article').count(), 1, 'said to programs, too');
  // A site that sets none leaves it to the paper.
  await page.goto(`${plain.origin}/tides`);
  await page.getByText('Nobody has said anything yet.').waitFor();
  assert.equal(await page.locator('section[lang=en]').count(), 1);
});

test('a language whose words cannot be had is English, and the discussion stands', async (t) => {
  const paper = await paperOf(t);
  const site = await otherSite(t, paper, { '/tides': { lang: 'fr' } });
  const page = await visitor(t, { errors: true });
  await page.route('**/embed-words/**', (route) => route.abort());
  await page.goto(`${site.origin}/tides`);
  await page.getByText('Nobody has said anything yet.').waitFor();
  await page.unroute('**/embed-words/**');
  await page.reload();
  await page.getByText('Personne n’a encore rien dit.').waitFor();
});

test('what is held is told, with the way to its receipt', async (t) => {
  const paper = await paperOf(t);
  const site = await otherSite(t, paper, { '/tides': {} });
  const page = await visitor(t);
  await page.goto(`${site.origin}/tides`);
  await page.getByText('Nobody has said anything yet.').waitFor();
  await write(page, page.getByRole('form'), 'Ada', 'See https://a.example https://b.example https://c.example');
  await page.getByRole('status').filter({ hasText: 'waits for the moderator' }).waitFor();
  assert.equal(await page.locator('article').count(), 0);
  const receipt = await page.getByRole('status').getByRole('link', { name: 'See what becomes of it' }).getAttribute('href');
  assert.match(await (await fetch(receipt)).text(), /Waiting for the moderator/);
});

test('the page survives the absence of the paper', async (t) => {
  const paper = await startPaper(null, { demo: false });
  const site = await otherSite(t, paper, { '/tides': {} });
  const page = await visitor(t, { errors: true });
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.goto(`${site.origin}/tides`);
  await page.getByText('The comments cannot be reached at the moment.').waitFor();
  assert.match(await page.getByRole('link', { name: 'Read them there' }).getAttribute('href'), /\/embed\/\w+\?url=http/);
  await page.unroute('**/api/v1/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Nobody has said anything yet.').waitFor();

  await paper.stop();
  await write(page, page.getByRole('form'), 'Ada', 'Into the void.');
  await page.getByRole('alert').filter({ hasText: 'What you wrote is kept' }).waitFor();
  assert.equal(await page.getByRole('form').getByRole('textbox').last().inputValue(), 'Into the void.');
  // Not even the script can be had now.
  const late = await visitor(t, { errors: true });
  await late.goto(`${site.origin}/tides`, { waitUntil: 'load' });
  assert.ok(await late.getByText('with words of its own').isVisible());
  assert.ok(await late.getByRole('link', { name: 'Comments' }).isVisible(), 'the link of the page itself');
});

test('a page that the site does not name gets nothing, and goes on', async (t) => {
  const paper = await paperOf(t);
  const site = await otherSite(t, paper, { '/tides': {} });
  const page = await visitor(t, { errors: true });
  await page.goto(`${site.stranger}/tides`);
  await page.getByText('The comments cannot be reached at the moment.').waitFor();
  assert.equal(await page.getByRole('form').count(), 0);
});

test('without script the link of the page leads to the thread, where one can write', async (t) => {
  const paper = await paperOf(t);
  const site = await otherSite(t, paper, { '/tides': {} });
  const page = await visitor(t, { javaScriptEnabled: false, own: ['dateline_receipt_0', 'dateline_receipts'] });
  await page.goto(`${site.origin}/tides`);
  await page.getByRole('link', { name: 'Comments' }).click();
  await page.waitForURL(/\/embed\//);
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('Your comment', { exact: true }).last().fill('By plain form.');
  await page.getByRole('button', { name: 'Post comment' }).click();
  await page.waitForURL(/#comment-\d+$/);
  assert.ok(await page.getByText('By plain form.').isVisible());
  await page.getByRole('link', { name: 'Your comments in this browser' }).click();
  await page.getByRole('link', { name: 'Your comment is shown' }).click();
  await page.getByLabel('Your comment').fill('By plain form, twice.');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('You changed it.').waitFor();
  const read = await visitor(t);
  await read.goto(`${site.origin}/tides`);
  await comment(read, 'By plain form, twice.').waitFor();
});

for (const width of [390, 1280]) {
  test(`everybody can use it: light, dark and right to left, ${width} wide`, async (t) => {
    const paper = await paperOf(t);
    const site = await otherSite(t, paper, {
      '/tides': {},
      '/dark': { style: 'dark', title: 'Dark' },
      '/rtl': { lang: 'ar', dir: 'rtl', title: 'المد والجزر' },
    });
    const page = await visitor(t, { width });
    await page.addInitScript(axe);
    for (const [path, words, answer] of [
      ['/tides', 'Comments', 'Reply'],
      ['/dark', 'Comments', 'Reply'],
      ['/rtl', 'التعليقات', 'رد'],
    ]) {
      await page.goto(site.origin + path);
      await page.getByRole('heading', { name: words }).waitFor();
      const form = page.getByRole('form').first();
      await form.getByRole('textbox').first().fill('Ada');
      await form.getByRole('textbox').last().fill(`Said on ${path}.`);
      await form.locator('button').first().click();
      const said = comment(page, `Said on ${path}.`);
      await said.waitFor();
      await said.getByRole('button', { name: answer }).first().click();
      assert.deepEqual(await violations(page), [], path);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${path} does not scroll sideways: ${wide}`);
      const looks = await page.evaluate(() => {
        const inside = getComputedStyle(document.querySelector('#dateline-comments').shadowRoot.querySelector('article'));
        const outside = getComputedStyle(document.querySelector('main'));
        return { same: inside.color === outside.color && inside.fontFamily === outside.fontFamily, direction: inside.direction };
      });
      assert.deepEqual(looks, { same: true, direction: path === '/rtl' ? 'rtl' : 'ltr' }, path);
      if (process.env.EMBED_SHOTS) await page.screenshot({ path: `${process.env.EMBED_SHOTS}${path}-${width}.png`, fullPage: true });
    }
    // By keyboard alone: to the field, and a word said.
    await page.goto(`${site.origin}/tides`);
    await comment(page, 'Said on').waitFor();
    await page.getByRole('form').first().getByRole('textbox').first().focus();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Typed without a mouse.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await comment(page, 'Typed without a mouse.').waitFor();
  });
}
