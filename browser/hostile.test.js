// What people send who mean harm, or mean nothing: shown as text or refused in words, and never run.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeBrowser, commentForm, fetchText, quietStory, reader, say, startPaper } from './support.js';

after(closeBrowser);

const RAN = 'window.ran = true';
const MARKUP = [
  `<script>${RAN}</script>`,
  `<img src=x onerror="${RAN}">`,
  `<svg/onload=${RAN}>`,
  `"><script>${RAN}</script>`,
  `'><img src=x onerror='${RAN}'>`,
  `</textarea></title></style></script><script>${RAN}</script>`,
  `</article></section></main><h1>Taken over</h1>`,
  `<iframe srcdoc="<script>parent.${RAN}</script>"></iframe>`,
  `<a href="javascript:${RAN}">press</a>`,
  `<style>*{display:none}</style><form action="https://elsewhere.example/"><input name=password>`,
  `<!-- ]]> --> <![CDATA[ <script>${RAN}</script> ]]>`,
  '{{ 7 * 191 }} {% raw %} ${7 * 191} #{7 * 191}',
  '&lt;script&gt;&#x3c;script&#x3e; &amp;amp;',
];
const LINKS = [
  `[press](javascript:${RAN})`,
  `[press](JaVaScRiPt:${RAN})`,
  `[press](java\tscript:${RAN})`,
  `[press](&#106;avascript:${RAN})`,
  `[press](\u0001javascript:${RAN})`,
  `[press](data:text/html,<script>${RAN}</script>)`,
  `[press](vbscript:msgbox)`,
  `<javascript:${RAN}>`,
  `[press](//elsewhere.example/path)`,
  `[press](http://ok.example/"onmouseover="${RAN})`,
  `[press][1]\n\n[1]: javascript:${RAN}`,
  `![press](javascript:${RAN})`,
  `![press](https://elsewhere.example/spy.png)`,
  `https://ok.example/"><script>${RAN}</script>`,
];

/** Posts as a browser's form does, from this paper's own pages. */
async function post(paper, path, fields, headers = {}) {
  return fetchText(paper, `${path}/comments`, {
    method: 'POST',
    headers: { origin: paper.url, ...headers },
    body: new URLSearchParams(fields),
  });
}

const idOf = (answer) => Number(/#comment-(\d+)$/.exec(answer.headers.get('location') ?? '')?.[1]);

/** Goes over the page as a reader's mouse might, then says what ran or got in. */
async function harm(page) {
  await page.locator('#comments').hover();
  return page.evaluate(() => ({
    ran: window.ran ?? false,
    scripts: [...document.scripts].filter((s) => !s.src && s.type !== 'application/ld+json').length,
    handlers: [...document.querySelectorAll('*')].filter((e) => e.getAttributeNames().some((n) => n.startsWith('on'))).length,
    styled: document.querySelectorAll('[style]').length,
    foreign: document.querySelectorAll('#comments .text :is(img, iframe, svg, form, input, style, script, object, embed, h1)').length,
    headlines: document.querySelectorAll('h1').length,
    forms: [...document.forms].filter((f) => new URL(f.action).host !== location.host).length,
    links: [...document.links].map((a) => a.protocol).filter((p) => !['http:', 'https:', 'mailto:'].includes(p)),
  }));
}
const NO_HARM = { ran: false, scripts: 0, handlers: 0, styled: 0, foreign: 0, headlines: 1, forms: 0, links: [] };

test('markup in names and texts is shown as it was typed', async (t) => {
  const paper = await startPaper(t, { limits: 'off' });
  const { path } = await quietStory(paper);
  const page = await reader(paper);
  for (const typed of MARKUP) {
    const answer = await post(paper, path, { name: typed.slice(0, 60), text: typed });
    assert.equal(answer.status, 303, `${typed}: ${answer.status}`);
    // From elsewhere: a new fragment alone would not load the page again.
    await page.goto('about:blank');
    await page.goto(answer.headers.get('location'));
    const comment = page.locator(`#comment-${idOf(answer)}`);
    const squeezed = (text) => text.replace(/\s+/g, ' ').trim();
    assert.equal(squeezed(await comment.locator('.name').first().innerText()), squeezed(typed.slice(0, 60)));
    if (!/&|<a |https:/.test(typed)) {
      assert.equal(squeezed(await comment.locator('.text').first().innerText()), squeezed(typed));
    }
    assert.deepEqual(await harm(page), NO_HARM, typed);
  }
  const data = await page.locator('script[type="application/ld+json"]').first().textContent();
  const comments = JSON.parse(data).comment.map((c) => c.text).join('\n');
  assert.ok(comments.includes('</script>'), 'structured data carry the text whole, and hold together');
});

test('links lead only where a reader may safely go', async (t) => {
  const paper = await startPaper(t, { limits: 'off' });
  const { path } = await quietStory(paper);
  const page = await reader(paper);
  for (const typed of LINKS) {
    const answer = await post(paper, path, { name: 'Linker', text: typed });
    assert.equal(answer.status, 303, `${typed}: ${answer.status}`);
    // From elsewhere: a new fragment alone would not load the page again.
    await page.goto('about:blank');
    await page.goto(answer.headers.get('location'));
    assert.deepEqual(await harm(page), NO_HARM, typed);
  }
  for (const link of await page.locator('#comments .text a').all()) {
    assert.match(await link.getAttribute('href'), /^(https?:\/\/|mailto:)/);
    assert.deepEqual((await link.getAttribute('rel')).split(' ').sort(), ['nofollow', 'noopener', 'ugc']);
  }
});

test('control characters and direction marks never reach the page', async (t) => {
  const paper = await startPaper(t, { limits: 'off' });
  const { path } = await quietStory(paper);
  const page = await reader(paper);
  const deceptive = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/;
  const answer = await post(paper, path, {
    name: 'Ev\u202eil\u200f \u0007Name\u2066',
    text: 'one\u0000two\u001b[31m three\u202e four\u2069 \ufeff five\u0085six\u2028seven',
  });
  assert.equal(answer.status, 303);
  await page.goto(answer.headers.get('location'));
  const comment = page.locator(`#comment-${idOf(answer)}`);
  const shown = await comment.evaluate((c) => c.textContent);
  assert.equal(deceptive.test(shown), false, JSON.stringify(shown));
  assert.match(await comment.locator('.name').first().innerText(), /^Evil Name$/);
  assert.match(await comment.locator('.text').first().innerText(), /onetwo/);

  // The same in feeds, which must stay well-formed.
  for (const feed of [`${path}/comments.xml`, '/feed.xml', '/atom.xml']) {
    const { text } = await fetchText(paper, feed);
    const fault = await page.evaluate(
      (xml) => new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror')?.textContent ?? null, text);
    assert.equal(fault, null, feed);
  }
});

test('a name that imitates the newsroom is refused in words, whatever letters it uses', async (t) => {
  const paper = await startPaper(t);
  const { path } = await quietStory(paper);
  for (const name of ['Moderator', 'EDITOR', 'Mоderator', 'M o d e r a t o r', 'Edit\u200bor']) {
    const answer = await post(paper, path, { name, text: `Trust me, says ${name}.` });
    assert.ok(answer.status >= 400 && answer.status < 500, `${name}: ${answer.status}`);
    assert.match(answer.text, /belongs to the newsroom/, name);
  }
});

test('a refused comment comes back in its form with the reason', async (t) => {
  const paper = await startPaper(t);
  const { path } = await quietStory(paper);
  const page = await reader(paper, { statuses: [400, 409, 413, 422], script: false });
  for (const [name, text, reason] of [
    ['', 'Words without a name.', /sign with a name/i],
    ['Nobody', '   \n\n  ', /empty/i],
    ['Links', Array.from({ length: 11 }, (_, i) => `https://ok.example/${i}`).join(' '), /too many links/i],
  ]) {
    const answer = await post(paper, path, { name, text });
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status}`);
    await page.setContent(answer.text);
    assert.match(await page.locator('[role="alert"]').first().innerText(), reason);
    const again = commentForm(page);
    assert.equal(await again.locator('[name="name"]').inputValue(), name);
    if (text.trim()) assert.equal(await again.locator('[name="text"]').inputValue(), text);
  }
});

test('a text far too long is refused in words, by the form too, and nothing is stored', async (t) => {
  const paper = await startPaper(t);
  const { path } = await quietStory(paper);
  const before = (await fetchText(paper, path)).text;
  const page = await reader(paper, { statuses: [400, 413, 422] });
  await page.goto(path);
  const sent = page.waitForResponse((r) => r.request().method() === 'POST');
  // Around the field's own limit, and around the script: as a form alone would send it.
  await page.evaluate(() => {
    const form = document.querySelector('#comments form:has(textarea[name="text"])');
    form.querySelector('[name="name"]').value = 'Longwinded';
    const text = form.querySelector('textarea');
    text.removeAttribute('maxlength');
    text.value = 'word '.repeat(1200);
    form.submit();
  });
  assert.ok([400, 413, 422].includes((await sent).status()));
  await page.waitForLoadState();
  assert.match(await page.locator('[role="alert"]').first().innerText(), /5[, ]?000/);
  assert.equal(await commentForm(page).locator('[name="name"]').inputValue(), 'Longwinded');
  assert.ok((await commentForm(page).locator('textarea').inputValue()).startsWith('word word'));

  const megabyte = await post(paper, path, { name: 'Longwinded', text: 'm'.repeat(1 << 20) });
  assert.ok([400, 413, 422].includes(megabyte.status), `${megabyte.status}`);
  assert.match(megabyte.text, /characters|too (large|long|much)|at most/i);
  assert.equal((await fetchText(paper, path)).text, before, 'the page is as it was');
});

test('posts from elsewhere and posts of the wrong kind are refused, none with a 5xx', async (t) => {
  const paper = await startPaper(t);
  const { path } = await quietStory(paper);
  const before = (await fetchText(paper, path)).text;
  const url = `${path}/comments`;
  const good = new URLSearchParams({ name: 'A', text: 'From elsewhere.' });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const tries = {
    'another origin': { headers: { ...form, origin: 'https://elsewhere.example' }, body: good },
    'a null origin': { headers: { ...form, origin: 'null' }, body: good },
    'cross-site by its own word': { headers: { ...form, 'sec-fetch-site': 'cross-site' }, body: good },
    'plain text': { headers: { 'content-type': 'text/plain', origin: paper.url }, body: 'name=a&text=b' },
    'an image': { headers: { 'content-type': 'image/png', origin: paper.url }, body: 'name=a&text=b' },
    'half an object': { headers: { 'content-type': 'application/json', origin: paper.url }, body: '{"name": "a", "te' },
    'a list': { headers: { 'content-type': 'application/json', origin: paper.url }, body: '[1,2]' },
    'numbers for words': { headers: { 'content-type': 'application/json', origin: paper.url }, body: '{"name":1,"text":{}}' },
    'not UTF-8': { headers: { ...form, origin: paper.url }, body: 'name=%ff%fe&text=%c3%28' + '%00'.repeat(3) },
    'an answer to nothing': { headers: { ...form, origin: paper.url }, body: 'name=a&text=b&reply_to=99999999' },
    'an answer to words': { headers: { ...form, origin: paper.url }, body: 'name=a&text=b&reply_to=DROP%20TABLE' },
    'an empty body': { headers: { ...form, origin: paper.url }, body: '' },
  };
  for (const [what, request] of Object.entries(tries)) {
    const answer = await fetchText(paper, url, { method: 'POST', ...request });
    if (what === 'not UTF-8' && answer.status === 303) continue; // read leniently is right as well
    assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status}`);
  }
  const after = (await fetchText(paper, path)).text;
  assert.equal(after.includes('From elsewhere.'), false);
  assert.ok(after.length - before.length < 2000);
});

test('what is asked of search is shown back as text', async (t) => {
  const paper = await startPaper(t);
  const page = await reader(paper, { statuses: [400] });
  for (const q of [...MARKUP, '"', '*', 'AND OR NOT', '(', '"unfinished', "' OR 1=1 --", 'a'.repeat(3000), '\u202e', '%']) {
    const answer = await page.goto(`/search?q=${encodeURIComponent(q)}`);
    assert.ok(answer.status() < 500, q);
    assert.equal(await page.evaluate(() => window.ran ?? false), false, q);
    assert.equal(await page.locator('h1').count(), 1, q);
  }
});

test('every page carries the headers that keep strangers out', async (t) => {
  const paper = await startPaper(t);
  const { path } = await quietStory(paper);
  for (const at of ['/', path, '/search?q=ferry', '/no-such-page', '/desk/sign-in']) {
    const { headers } = await fetchText(paper, at);
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/, at);
    assert.match(policy, /frame-ancestors 'none'/, at);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|\*/, at);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', at);
    assert.ok(headers.get('referrer-policy'), at);
    if (!at.startsWith('/desk')) assert.equal(headers.get('set-cookie'), null, `${at} sets no cookie`);
  }
});
