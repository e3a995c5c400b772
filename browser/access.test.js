// Everybody can use it: no violation that axe-core knows, and a way through by keyboard alone.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { axe, violations } from './axe.js';
import { closeBrowser, commentForm, demoEditor, longestThread, quietStory, reader, say, signIn, startPaper, stories } from './support.js';

after(closeBrowser);

for (const scheme of ['light', 'dark']) {
  test(`readers' pages, ${scheme}`, async (t) => {
    const paper = await startPaper(t);
    const all = await stories(paper);
    const long = await longestThread(paper);
    const quiet = await quietStory(paper);
    const rtl = all.find((s) => s.language.startsWith('ar'));
    for (const width of [390, 1280]) {
      const page = await reader(paper, { scheme, width, statuses: [404], init: axe });
      for (const path of ['/', quiet.path, all.find((s) => s.photo).path, long.path, rtl.path, '/search', '/search?q=ferry', '/no-such-page']) {
        await page.goto(path);
        assert.deepEqual(await violations(page), [], `${path} at ${width}`);
      }
      await page.goto(long.path);
      const reply = page.locator('#comments a[href*="/reply"]').first();
      await page.goto(await reply.getAttribute('href'));
      assert.deepEqual(await violations(page), [], `a reply's form at ${width}`);
    }
    const page = await reader(paper, { scheme, statuses: [422, 400], init: axe, script: true });
    await page.goto(quiet.path);
    await say(page, `Waiting ${scheme}`, 'See https://a.example https://b.example and https://c.example');
    const receipt = page.locator('#comments a[href*="/receipt/"]');
    await receipt.waitFor();
    assert.deepEqual(await violations(page), [], 'a story with a held comment of mine');
    await page.goto(await receipt.getAttribute('href'));
    assert.deepEqual(await violations(page), [], 'a receipt');
  });

  test(`the desk, ${scheme}`, async (t) => {
    const paper = await startPaper(t);
    for (const width of [390, 1280]) {
      const page = await reader(paper, { scheme, width, init: axe });
      await page.goto('/desk/sign-in');
      assert.deepEqual(await violations(page), [], 'sign-in');
      await signIn(page, demoEditor(paper));
      assert.deepEqual(await violations(page), [], 'inbox');
      await page.goto('/desk?tab=published');
      await page.locator('table.stories a[href^="/desk/stories/"]').first().click();
      await page.locator('#headline').waitFor();
      assert.deepEqual(await violations(page), [], `editor at ${width}`);
      for (const path of ['/desk/queue', '/desk/sessions', '/desk/sanctions', '/desk/reasons', '/desk/reasons/hate']) {
        await page.goto(path);
        assert.deepEqual(await violations(page), [], `${path} at ${width}`);
      }
    }
  });
}

test('by keyboard: past the masthead, through the story, to the form, and sent', async (t) => {
  const paper = await startPaper(t);
  const story = await quietStory(paper);
  const page = await reader(paper, { script: false });
  await page.goto(story.path);
  const focused = () => page.locator(':focus');

  await page.keyboard.press('Tab');
  assert.match(await focused().getAttribute('href'), /^#/, 'the first stop is the skip link');
  assert.ok(await focused().isVisible());
  const skipTo = await focused().getAttribute('href');
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`${skipTo}$`));

  let stops = 0;
  while ((await focused().getAttribute('name').catch(() => null)) !== 'name') {
    await page.keyboard.press('Tab');
    stops += 1;
    assert.ok(stops < 60, 'the form is reached');
    const box = await focused().boundingBox();
    assert.ok(box && box.width > 0 && box.height > 0, 'what has the focus can be seen');
    assert.equal(await focused().evaluate((e) => e.closest('.masthead') === null).catch(() => true), true, 'the masthead was skipped');
  }
  await page.keyboard.type('Keys Only');
  await page.keyboard.press('Tab');
  assert.equal(await focused().getAttribute('name'), 'text', 'the text comes after the name');
  await page.keyboard.type('Typed without a mouse.');
  for (let i = 0; i < 6 && (await focused().evaluate((e) => e.tagName)) !== 'BUTTON'; i += 1) await page.keyboard.press('Tab');
  assert.equal(await focused().evaluate((e) => e.form?.querySelector('textarea') != null), true, 'its button follows');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#comment-\d+$/);
  assert.ok(await page.locator('.text', { hasText: 'Typed without a mouse.' }).isVisible());
});

test('what has the focus shows it', async (t) => {
  const paper = await startPaper(t);
  const story = await quietStory(paper);
  const page = await reader(paper);
  await page.goto(story.path);
  await commentForm(page).locator('button').first().focus();
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press('Tab');
    const shown = await page.evaluate(() => {
      const focused = document.activeElement;
      if (!focused || focused === document.body) return true;
      const style = getComputedStyle(focused);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 ? true : focused.outerHTML.slice(0, 120);
    });
    assert.equal(shown, true);
  }
});
