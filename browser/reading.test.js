// A reader's way through the paper: front, story, discussion; with script and without.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  closeBrowser, commentForm, demoEditor, fetchText, longestThread, quietStory, reader, saidCount, say, signIn, startPaper,
  stories,
} from './support.js';

after(closeBrowser);

test('from the front page to a story, with everything that others lean on', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper);
  await page.goto('/');
  const lead = page.locator('main a[href^="/20"]').first();
  const headline = (await page.locator('main h2, main h1').first().innerText()).trim();
  await lead.click();
  await page.waitForURL(/\/\d{4}\/\d{2}\/\d{2}\/[^/]+$/);
  assert.equal(await page.locator('article h1').count(), 1);
  assert.equal((await page.locator('h1').innerText()).trim(), headline);

  const published = page.locator('article time[datetime]').first();
  assert.match(await published.getAttribute('datetime'), /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:\d{2})$/);
  assert.ok((await page.locator('.body p').count()) >= 3);
  assert.equal(await page.locator('link[rel="canonical"]').count(), 1);
  const data = JSON.parse(await page.locator('script[type="application/ld+json"]').first().textContent());
  assert.equal(data['@type'], 'NewsArticle');
  assert.equal(data.headline, headline);
  assert.equal(data.commentCount, await saidCount(page));
});

test('a photo has its caption and its credit apart, a wire story its dateline in the first paragraph', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper);
  const all = await stories(paper);
  await page.goto(all.find((s) => s.photo).path);
  const caption = page.locator('figure figcaption').first();
  assert.match(await caption.innerText(), /\([^)]+\)\s*$/, 'the credit stands last, in round brackets');
  const picture = page.locator('figure img').first();
  assert.ok(await picture.getAttribute('alt'));
  await picture.scrollIntoViewIfNeeded();
  await page.waitForFunction((img) => img.complete && img.naturalWidth > 0, await picture.elementHandle());

  let datelines = 0;
  for (const { path } of all) {
    await page.goto(path);
    const dateline = page.locator('.dateline');
    if ((await dateline.count()) === 0) continue;
    datelines += 1;
    const first = (await page.locator('.body p').first().innerText()).trim();
    assert.ok(first.startsWith((await dateline.first().innerText()).trim()), `${path}: ${first.slice(0, 60)}`);
  }
  assert.ok(datelines >= 4, `${datelines} stories have a dateline`);
});

test('each comment shows name, time, network and text, and never a whole address', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper);
  await page.goto((await longestThread(paper)).path);
  const comments = page.locator('#comments article.comment:has(.text)');
  assert.ok((await comments.count()) >= 20);
  for (const comment of await comments.all()) {
    assert.match(await comment.getAttribute('id'), /^comment-\d+$/);
    assert.ok((await comment.locator('.name').first().innerText()).trim());
    assert.ok(await comment.locator('time').first().getAttribute('datetime'));
    assert.ok((await comment.locator('.text').first().innerText()).trim());
    assert.match(await comment.locator('.network').first().innerText(), /^(\d+\.\d+\.\d+\.\*|[\da-f:]+::?\*)$/);
  }
});

test('a comment posted without script is there, once, and survives a reload', async (t) => {
  const paper = await startPaper(t);
  const story = await quietStory(paper);
  const page = await reader(paper, { script: false });
  await page.goto(story.path);
  const before = await saidCount(page);
  const posted = page.waitForResponse((r) => r.request().method() === 'POST');
  await say(page, 'Ada Vik', 'The ferry was late.\nIt always is.\n\nAnd *nobody* minds.');
  assert.equal((await posted).status(), 303);
  await page.waitForURL(/#comment-\d+$/);
  const comment = page.locator(new URL(page.url()).hash);
  assert.equal(await comment.locator('.name').first().innerText(), 'Ada Vik');
  assert.equal(await comment.locator('.network').first().innerText(), '127.0.0.*');
  assert.equal(await comment.locator('.text p').count(), 2);
  assert.equal(await comment.locator('.text br').count(), 1);
  assert.equal(await comment.locator('.text em').innerText(), 'nobody');
  assert.equal(await saidCount(page), before + 1);
  await page.reload();
  assert.equal(await page.locator('.text', { hasText: 'The ferry was late.' }).count(), 1);
  assert.equal(await commentForm(page).locator('textarea').inputValue(), '', 'the form is empty again');
});

test('a reply without script stands under what it answers', async (t) => {
  const paper = await startPaper(t);
  const story = await quietStory(paper);
  const page = await reader(paper, { script: false });
  await page.goto(story.path);
  await say(page, 'Root', 'A first word.');
  await page.waitForURL(/#comment-\d+$/);
  const root = new URL(page.url()).hash.slice('#comment-'.length);
  await page.locator(`#comment-${root} a[href*="/comments/${root}/reply"]`).first().click();
  await page.waitForURL(new RegExp(`/comments/${root}/reply`));
  assert.ok(await page.getByText('A first word.').first().isVisible(), 'what is answered is quoted');
  const form = page.locator('form:has(textarea[name="text"])').first();
  assert.equal(await form.locator('[name="reply_to"]').inputValue(), root);
  await form.locator('[name="name"]').fill('Branch');
  await form.locator('[name="text"]').fill('An answer to it.');
  await form.locator('button[type="submit"], button:not([type])').first().click();
  await page.waitForURL(/#comment-\d+$/);
  const answer = page.locator(new URL(page.url()).hash);
  assert.match(await answer.innerText(), /An answer to it\./);
  const order = await page.locator('article.comment').evaluateAll((all) => all.map((c) => c.id));
  assert.equal(order[order.indexOf(`comment-${root}`) + 1], await answer.getAttribute('id'));
});

test('with script a comment is posted without reload and takes the focus', async (t) => {
  const paper = await startPaper(t);
  const story = await quietStory(paper);
  const page = await reader(paper);
  await page.goto(story.path);
  const before = await saidCount(page);
  await page.evaluate(() => (window.stayed = true));
  await say(page, 'Ines Holm', 'Written without leaving the page.');
  const comment = page.locator('article.comment', { hasText: 'Written without leaving the page.' });
  await comment.waitFor();
  assert.equal(await page.evaluate(() => window.stayed), true, 'the page was not loaded anew');
  assert.equal(await comment.count(), 1);
  assert.equal(await commentForm(page).locator('textarea').inputValue(), '');
  await page.waitForFunction((n) => document.querySelector('#comments h2').textContent.includes(n), String(before + 1));
  await page.waitForFunction(() => document.activeElement?.closest?.('article.comment') !== null);
});

test('with script a refusal is said beside the form and nothing typed is lost', async (t) => {
  const paper = await startPaper(t);
  const story = await quietStory(paper);
  const page = await reader(paper, { statuses: [400, 403, 409, 422] });
  await page.goto(story.path);
  await say(page, 'Twice', 'The very same words.');
  await page.locator('article.comment', { hasText: 'The very same words.' }).waitFor();
  await say(page, 'Twice', 'The very same words.');
  const alert = page.locator('#comments [role="alert"]', { hasText: 'said here already' });
  await alert.waitFor();
  assert.equal(await commentForm(page).locator('textarea').inputValue(), 'The very same words.');
  assert.equal(await page.locator('article.comment', { hasText: 'The very same words.' }).count(), 1);
});

test('who reads is told of new comments and can have them shown', async (t) => {
  const paper = await startPaper(t);
  const story = await quietStory(paper);
  const page = await reader(paper);
  let lines = 0;
  page.on('request', (r) => (lines += r.url().endsWith('/live')));
  await page.goto(story.path);
  await page.waitForLoadState('networkidle');
  assert.equal(lines, 0, 'who reads the story alone holds no line');
  const line = page.waitForRequest((r) => r.url().endsWith('/live'));
  await page.locator('#comments').scrollIntoViewIfNeeded();
  await line;
  const other = await reader(paper, { script: false });
  await other.goto(story.path);
  await say(other, 'Other', 'Written elsewhere meanwhile.');
  await other.waitForURL(/#comment-\d+$/);
  await page.getByRole('button', { name: /1 new comment/i }).waitFor();
  assert.equal(await page.getByText('Written elsewhere meanwhile.').count(), 0, 'nothing moves unasked');
  await page.getByRole('button', { name: /1 new comment/i }).click();
  await page.locator('article.comment', { hasText: 'Written elsewhere meanwhile.' }).waitFor();
});

test('where no line stays open, who reads asks now and then', async (t) => {
  const paper = await startPaper(t, { settings: { DATELINE_LIMITS_LIVE: '0' } });
  const story = await quietStory(paper);
  const page = await reader(paper, { statuses: [503] });
  await page.clock.install();
  const refused = page.waitForResponse((r) => r.url().endsWith('/live'));
  await page.goto(story.path);
  await page.locator('#comments').scrollIntoViewIfNeeded();
  assert.equal((await refused).status(), 503);
  const other = await reader(paper, { script: false });
  await other.goto(story.path);
  await say(other, 'Other', 'Written elsewhere meanwhile.');
  await other.waitForURL(/#comment-\d+$/);
  const asked = page.waitForResponse((r) => r.url().includes('/api/v1/counts'));
  await page.clock.fastForward(40_000);
  assert.equal((await asked).status(), 200);
  await page.getByRole('button', { name: /1 new comment/i }).waitFor();
});

test('a draft outlives a closed page', async (t) => {
  const paper = await startPaper(t);
  const story = await quietStory(paper);
  const page = await reader(paper);
  await page.goto(story.path);
  await commentForm(page).locator('textarea').pressSequentially('Half a thought');
  await page.goto('/');
  await page.goto(story.path);
  assert.equal(await commentForm(page).locator('textarea').inputValue(), 'Half a thought');
});

test('the orders stand in their order', async (t) => {
  const paper = await startPaper(t);
  const story = await longestThread(paper);
  const page = await reader(paper, { script: false });
  const roots = () =>
    page.locator('#threads .thread > .comment:first-child time').evaluateAll((all) => all.map((time) => Date.parse(time.dateTime)));
  const sorted = (times, sign) => [...times].sort((a, b) => sign * (a - b));
  for (const [order, sign] of [['oldest', 1], ['newest', -1]]) {
    await page.goto(story.path);
    await page.locator(`#comments a[href*="order=${order}"], #comments [aria-current]`).filter({ hasText: new RegExp(order, 'i') }).first().click();
    const times = await roots();
    assert.ok(times.length > 5);
    assert.deepEqual(times, sorted(times, sign), order);
    assert.match(await page.locator('#comments [aria-current]').first().innerText(), new RegExp(order, 'i'));
  }
  for (const order of ['discussed', 'valued']) {
    await page.goto(`${story.path}?order=${order}`);
    assert.match(await page.locator('#comments [aria-current]').first().innerText(), new RegExp(order, 'i'));
  }
});

test('the pages of a long discussion hold every comment once', async (t) => {
  const paper = await startPaper(t);
  const story = await longestThread(paper);
  assert.ok(story.comments >= 290, `a thread of 300, found ${story.comments}`);
  const page = await reader(paper, { script: false });
  for (const order of ['newest', 'oldest', 'discussed', 'valued']) {
    const seen = [];
    const threads = new Set();
    let next = `${story.path}?order=${order}`;
    let pages = 0;
    while (next) {
      pages += 1;
      assert.ok(pages <= 40, 'the pages come to an end');
      await page.goto(next);
      assert.ok((await page.locator('#comments article.comment').count()) <= 20 * 11, 'a page is bounded');
      seen.push(...(await page.locator('#comments article.comment:has(.text)').evaluateAll((all) => all.map((c) => c.id))));
      for (const link of await page.locator('#comments .all a').all()) {
        threads.add((await link.getAttribute('href')).replace(/[?#].*/, ''));
      }
      const older = page.locator('#comments a[rel="next"]');
      next = (await older.count()) ? await older.first().getAttribute('href') : null;
    }
    assert.ok(pages > 1);
    assert.equal(new Set(seen).size, seen.length, `${order}: none is on two pages`);
    const all = new Set(seen);
    for (let path of threads) {
      while (path) {
        await page.goto(path);
        (await page.locator('article.comment:has(.text)').evaluateAll((c) => c.map((one) => one.id))).forEach((id) => all.add(id));
        const more = page.locator('a[rel="next"]');
        path = (await more.count()) ? await more.first().getAttribute('href') : null;
      }
    }
    assert.equal(all.size, story.comments, `${order}: all are there`);
  }
});

test('a permalink leads to its comment, wherever it stands', async (t) => {
  const paper = await startPaper(t);
  const story = await longestThread(paper);
  const page = await reader(paper, { script: false });
  await page.goto(`${story.path}?order=oldest`);
  const comment = page.locator('#comments article.comment:has(.text)').nth(3);
  const id = await comment.getAttribute('id');
  const text = await comment.locator('.text').first().innerText();
  const href = await comment.locator('a:has(time)').first().getAttribute('href');
  assert.ok(href.endsWith(`#${id}`), href);
  await page.goto(href);
  const target = page.locator(`article.comment#${id}`);
  assert.equal(await target.locator('.text').first().innerText(), text);
  assert.equal(await page.evaluate(() => document.querySelector(':target')?.id).catch(() => id), id);
});

test('a comment can be found valuable, without script and once', async (t) => {
  const paper = await startPaper(t);
  const story = (await stories(paper)).find((s) => s.comments > 2 && s.comments < 25);
  const page = await reader(paper, { script: false });
  await page.goto(story.path);
  const id = await page.locator('#comments article.comment:has(form[action$="/value"])').first().getAttribute('id');
  const button = page.locator(`#${id} form[action$="/value"] button`).first();
  const number = async () => Number((await button.locator('b').allInnerTexts())[0] ?? 0);
  const before = await number();
  await button.click();
  await page.waitForURL(/#comment-\d+$/);
  assert.equal(await number(), before + 1);
});

test('a story written from right to left reads so', async (t) => {
  const paper = await startPaper(t);
  const story = (await stories(paper)).find((s) => /^(ar|he|fa)/.test(s.language));
  assert.ok(story, 'the demo has a story in Arabic');
  const page = await reader(paper, { width: 390 });
  await page.goto(story.path);
  for (const selector of ['h1', '.body p']) {
    const found = await page.locator(selector).first().evaluate((e) => ({
      direction: getComputedStyle(e).direction,
      lang: e.closest('[lang]').lang,
    }));
    assert.equal(found.direction, 'rtl', selector);
    assert.match(found.lang, /^ar/);
  }
});

test('dark and light follow the reader', async (t) => {
  const paper = await startPaper(t);
  const { path } = await quietStory(paper);
  for (const scheme of ['light', 'dark']) {
    const page = await reader(paper, { scheme });
    await page.goto(path);
    const brightness = await page.evaluate(() => {
      const see = (color) => {
        const canvas = document.createElement('canvas').getContext('2d');
        canvas.fillStyle = color;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        return a === 0 ? null : (r * 2 + g * 7 + b) / 10;
      };
      const ground = see(getComputedStyle(document.body).backgroundColor) ?? see(getComputedStyle(document.documentElement).backgroundColor);
      return { ground, ink: see(getComputedStyle(document.querySelector('.body p')).color) };
    });
    assert.notEqual(brightness.ground, null, 'the page sets its own ground');
    assert.equal(brightness.ground < 90, scheme === 'dark', `${scheme}: ${JSON.stringify(brightness)}`);
    assert.equal(brightness.ink > 150, scheme === 'dark', `${scheme}: ${JSON.stringify(brightness)}`);
  }
});

test('nothing is wider than a screen of 320 pixels', async (t) => {
  const paper = await startPaper(t);
  const all = await stories(paper);
  const long = await longestThread(paper);
  const page = await reader(paper, { width: 320, height: 640 });
  const languages = ['ar', 'ru', 'zh'].map((tag) => all.find((s) => s.language.startsWith(tag))?.path).filter(Boolean);
  // Held, so that its receipt has all that a receipt may say.
  const text = 'You pathetic idiots, you worthless scum, go back to the swamp you came from.';
  const sent = await fetch(paper.at(`${long.path}/comments`), {
    method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams({ name: 'Wide Narrow', text }),
  });
  assert.equal(sent.status, 201);
  const { receipt } = await sent.json();
  await page.goto(long.path);
  const [report] = await page.locator('#threads a[href*="/report"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  const talk = [new URL(receipt, paper.url).pathname, report, `${long.path}/rulings`, '/discussion-rules', '/account'];
  await signIn(page, demoEditor(paper));
  const desk = ['', '/queue', '/queue?state=all', '/reasons', '/sanctions', '/shift', '/screen', '/letters', '/staff'];
  const paths = ['/', all.find((s) => s.photo).path, long.path, '/search?q=ferry', ...languages, ...talk];
  for (const path of [...paths, ...desk.map((path) => `/desk${path}`)]) {
    await page.goto(path);
    const { has, needs } = await page.evaluate(() => ({
      has: document.documentElement.clientWidth,
      needs: document.documentElement.scrollWidth,
    }));
    assert.ok(needs <= has, `${path} needs ${needs} px of ${has}`);
  }
});

test('on paper there is the story, black on white, and nothing to press', async (t) => {
  const paper = await startPaper(t);
  const story = (await stories(paper)).find((s) => s.photo && s.open);
  const page = await reader(paper, { scheme: 'dark' });
  await page.goto(story.path);
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  assert.ok(await page.locator('h1').isVisible());
  assert.ok(await page.locator('.body p').first().isVisible());
  for (const unwanted of ['form textarea', 'form button', 'header nav']) {
    for (const one of await page.locator(unwanted).all()) assert.equal(await one.isVisible(), false, unwanted);
  }
});

test('search finds a story by its words, and says so when there is none', async (t) => {
  const paper = await startPaper(t);
  const story = await quietStory(paper);
  const page = await reader(paper, { script: false });
  await page.goto(`/search?q=${encodeURIComponent(story.headline)}`);
  assert.ok((await page.locator(`main a[href="${story.path}"]`).count()) >= 1, story.headline);
  await page.goto('/search?q=zzyzxqwv');
  assert.equal(await page.locator('main a[href^="/20"]').count(), 0);
  assert.match(await page.locator('main').innerText(), /nothing|no (story|stories|results)|not found/i);
  assert.equal(await page.locator('main input[name="q"]').inputValue(), 'zzyzxqwv');
});

test('a page that is not there helps on', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper, { statuses: [404] });
  const answer = await page.goto('/2020/01/01/no-such-story');
  assert.equal(answer.status(), 404);
  assert.ok((await page.locator('a[href="/"]').count()) >= 1);
  assert.ok((await page.locator('form[action="/search"], a[href^="/search"]').count()) >= 1);
});

test('sections, topics, authors, days and feeds answer, and other spellings redirect', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper, { script: false });
  await page.goto('/');
  const section = await page.locator('nav a[href^="/section/"]').first().getAttribute('href');
  const { path } = await quietStory(paper);
  for (const good of [section, path.split('/').slice(0, 4).join('/')]) {
    await page.goto(good);
    assert.ok((await page.locator('main a[href^="/20"]').count()) >= 1, good);
  }
  const feeds = { '/feed.xml': '<rss', '/atom.xml': '<feed', [`${section}/feed.xml`]: '<rss', [`${section}/atom.xml`]: '<feed',
    [`${path}/comments.xml`]: '<rss', '/news-sitemap.xml': '<urlset', '/sitemap.xml': '<sitemapindex' };
  for (const [feed, sign] of Object.entries(feeds)) {
    const { status, text } = await fetchText(paper, feed);
    assert.equal(status, 200, feed);
    assert.ok(text.includes(sign), feed);
  }
  for (const feed of ['/feed.json', `${section}/feed.json`]) {
    const { items } = JSON.parse((await fetchText(paper, feed)).text);
    assert.ok(items.length >= 1 && items[0].content_html, feed);
  }
  for (const other of [`${path}/`, `${section}/`, '/search/?q=ferry']) {
    const { status, headers } = await fetchText(paper, other);
    assert.ok([301, 308].includes(status), `${other}: ${status}`);
    assert.equal(new URL(headers.get('location'), paper.url).pathname, other.replace(/\/(\?.*)?$/, ''));
  }
});
