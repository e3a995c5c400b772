// A day at the moderator's desk by keyboard alone: two hundred rulings, one taken back, a passage cut, an
// appeal decided by a second moderator, and each step told on the writer's receipt.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import { axe, violations } from './axe.js';
import { binary, closeBrowser, demoEditor, fetchText, quietStory, reader, signIn, startPaper } from './support.js';

after(closeBrowser);

const HELD = '[discussion]\nmode = "held-first"\nmost_per_minute = 1000\nmost_per_hour = 1000\nmost_per_day = 1000\n';

/** Posts as a program does; answers the comment's number, state and receipt. */
async function post(paper, path, name, text) {
  const answer = await fetch(paper.at(`${path}/comments`), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ name, text }),
  });
  assert.equal(answer.status, 201);
  return answer.json();
}

function addStaff(paper, name, role, password) {
  const added = spawnSync(binary, ['staff', 'add', name, '--role', role, '--data', paper.folder], { input: `${password}\n` });
  assert.equal(added.status, 0, String(added.stderr));
}

const addModerator = (paper, name, password) => addStaff(paper, name, 'moderator', password);

/** A story that an editor at the desk writes and publishes; its path. */
async function publish(page, headline, body) {
  await page.goto('/desk');
  await page.getByRole('button', { name: 'New story' }).click();
  await page.locator('#headline').fill(headline);
  await page.locator('#body').fill(body);
  await page.getByRole('button', { name: 'Publish now' }).click();
  await page.getByText('Published. Readers see it now.').waitFor();
  return page.getByRole('link', { name: 'On the site' }).getAttribute('href');
}

// What a moderator waits: from the last key of a decision until the next comment is painted. Measured within the page,
// for each key that a test presses costs it a way to the browser and back.
const WATCH = `
  addEventListener('keydown', (event) => { globalThis.decided = event.timeStamp; }, true);
  addEventListener('focusin', (event) => {
    if (!event.target.matches('li.row')) return;
    const { decided } = globalThis;
    // A message sent within a frame comes after that frame was painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { globalThis.waited = { row: event.target.id, ms: performance.now() - decided }; };
    requestAnimationFrame(() => port2.postMessage(0));
  });
`;

/** Presses keys on the row in focus and waits until the queue has gone on; milliseconds that took, where a row followed. */
async function rule(page, id, press) {
  await press(page.keyboard);
  const next = await page.waitForFunction((gone) => {
    const { waited } = globalThis;
    if (document.getElementById(gone)) return false;
    if (document.activeElement?.matches('li.row')) return waited?.row === document.activeElement.id && waited;
    return document.querySelector('.empty') && { ms: NaN };
  }, `c-${id}`);
  return (await next.jsonValue()).ms;
}

test('two hundred rulings by keyboard, an undo, a cut, and an appeal', async (t) => {
  const paper = await startPaper(t, { toml: HELD });
  const { path } = await quietStory(paper);
  const sent = [];
  for (let n = 0; n < 200; n += 1) {
    sent.push(await post(paper, path, `Writer ${n}`, `Number ${n} of the ferry. You fool! Ask the mate, berth ${n}.`));
  }
  assert.ok(sent.every((c) => c.state === 'held'));
  const mine = new Set(sent.map((c) => `c-${c.id}`));
  addModerator(paper, 'Bo', 'night ferry at ten');

  const desk = await reader(paper, { init: axe + WATCH });
  await signIn(desk, demoEditor(paper));
  await desk.goto('/desk/queue');
  assert.deepEqual(await violations(desk), [], 'the queue');
  await desk.keyboard.press('?');
  assert.match(await desk.locator('#keys').innerText(), /cut a passage/);
  await desk.keyboard.press('Escape');
  await desk.keyboard.press('j');

  const times = [];
  let removed;
  let cut;
  let ruled = 0;
  while (ruled < 200) {
    const row = await desk.locator('li.row:focus').getAttribute('id');
    const id = Number(row.slice(2));
    if (mine.has(row)) ruled += 1;
    if (ruled === 2) {
      // A passage goes, the rest stays.
      cut = id;
      await rule(desk, id, async (keys) => {
        await keys.press('c');
        await keys.type('You fool!');
        await keys.press('Tab');
        await keys.press('2');
        await keys.press('Enter');
      });
    } else if (ruled % 10 === 3) {
      removed ??= id;
      times.push(await rule(desk, id, async (keys) => {
        await keys.press('r');
        await keys.press('6');
        await keys.press('Enter');
      }));
    } else {
      times.push(await rule(desk, id, (keys) => keys.press('s')));
    }
    if (ruled === 5 && mine.has(row)) {
      await desk.keyboard.press('u');
      await desk.locator(`#c-${id}:focus`).waitFor();
      assert.match(await desk.locator('[role="status"]').innerText(), /taken back/);
      await rule(desk, id, (keys) => keys.press('s'));
    }
  }
  assert.ok(times.every((ms) => ms > 0), 'each decision was followed by another comment');
  times.sort((a, b) => a - b);
  const median = times[times.length >> 1];
  t.diagnostic(`decision to next comment: median ${median.toFixed(0)} ms, p95 ${times[Math.floor(times.length * 0.95)].toFixed(0)} ms`);

  // All that was sent has arrived, and nothing came back.
  await desk.waitForFunction(() => !document.querySelector('#settled .sending'));
  assert.equal(await desk.locator('.row > .refused').count(), 0);

  const receiptOf = (id) => new URL(sent.find((c) => c.id === id).receipt).pathname;
  const cutPage = (await fetchText(paper, receiptOf(cut))).text;
  assert.match(cutPage, /shown, but for a passage/);
  assert.match(cutPage, /of the ferry\. \[…\] Ask the mate/);
  assert.doesNotMatch(cutPage, /You fool/);

  const writer = await reader(paper, { script: false, statuses: [422] });
  await writer.goto(receiptOf(removed));
  assert.match(await writer.locator('h1').innerText(), /removed/);
  assert.match(await writer.locator('main').innerText(), /not about this story[\s\S]*A program had marked it/);
  await writer.locator('#appeal').fill('It is about the ferry all the same.');
  await writer.getByRole('button', { name: 'Appeal' }).click();
  await writer.getByText('You appealed against the ruling.').waitFor();

  await desk.goto('/desk/queue?state=appealed');
  assert.match(await desk.locator('main').innerText(), /Somebody else decides this appeal/);
  assert.equal(await desk.locator('[data-act=show]').count(), 0, 'the first judge has no button for it');
  const second = await reader(paper, { init: axe + WATCH });
  await signIn(second, { name: 'Bo', password: 'night ferry at ten' });
  await second.goto('/desk/queue?state=appealed');
  assert.deepEqual(await violations(second), [], 'appeals');
  await second.keyboard.press('j');
  await rule(second, removed, (keys) => keys.press('s'));

  for (const script of [true, false]) {
    const page = await reader(paper, { script, init: axe });
    await page.goto(receiptOf(removed));
    const told = await page.locator('.steps').innerText();
    assert.match(told, /it was held[\s\S]*A moderator removed it[\s\S]*You appealed[\s\S]*you were right/);
    assert.match(await page.locator('h1').innerText(), /shown/);
  }
});

for (const scheme of ['light', 'dark']) {
  test(`receipts, reports and appeals, ${scheme}`, async (t) => {
    const paper = await startPaper(t);
    const { path } = await quietStory(paper);
    const { id, receipt } = await post(paper, path, 'Talker', 'This will be talked about.');
    const desk = await reader(paper, { scheme, init: axe });
    await signIn(desk, demoEditor(paper));
    for (const width of [390, 1280]) {
      const page = await reader(paper, { scheme, width, init: axe, statuses: [422] });
      await page.goto(`${path}/comments/${id}/report`);
      assert.deepEqual(await violations(page), [], `report at ${width}`);
      await page.locator('#reason').selectOption('unlawful');
      await page.getByRole('button', { name: 'Report' }).click();
      await page.locator('#refusal:not([hidden])').waitFor();
      assert.deepEqual(await violations(page), [], `report refused at ${width}`);
      if (width === 390) {
        await page.locator('#text').fill('It names somebody.');
        await page.locator('[name=good_faith]').check();
        await page.getByRole('button', { name: 'Report' }).click();
        await page.waitForURL(/\/report\//);
        assert.deepEqual(await violations(page), [], 'a report received');
        await desk.goto('/desk/queue?state=reported');
        assert.deepEqual(await violations(desk), [], 'reports at the desk');
        assert.match(await desk.locator('main').innerText(), /It names somebody\./);
      }
    }
    await desk.locator(`#c-${id} select[id^=reason]`).selectOption('insult');
    await desk.locator(`#c-${id}`).getByRole('button', { name: 'Remove', exact: true }).click();
    await desk.locator('#settled li:not(.sending)', { hasText: 'Removed' }).waitFor();
    for (const width of [390, 1280]) {
      const page = await reader(paper, { scheme, width, init: axe });
      await page.goto(new URL(receipt).pathname);
      assert.deepEqual(await violations(page), [], `a receipt with its appeal at ${width}`);
    }
  });
}

test('what arrives is there, what another decided is told, and a ruling that fails comes back', async (t) => {
  const paper = await startPaper(t, { demo: true, toml: HELD });
  const { path } = await quietStory(paper);
  addModerator(paper, 'Bo', 'night ferry at ten');
  const first = await post(paper, path, 'Early', 'The first of them. You fool!');
  const second = await post(paper, path, 'Later', 'The second of them. You fool!');
  const desk = await reader(paper, { init: axe, statuses: [409], fails: true });
  await signIn(desk, demoEditor(paper));
  // Only these: the demo's own fill a page.
  await desk.goto('/desk/queue?words=of+them');
  await desk.locator(`#c-${first.id}`).waitFor();

  // Somebody writes: it is there without a reload, and what is typed here is untouched.
  await desk.locator(`#note-${first.id}`).fill('Half a sen');
  const third = await post(paper, path, 'Latest', 'The third of them. You fool!');
  await desk.locator(`#c-${third.id}`).waitFor();
  assert.equal(await desk.locator(`#note-${first.id}`).inputValue(), 'Half a sen');

  // Somebody else decides: told here, and not ruled on twice.
  const other = await reader(paper);
  await signIn(other, { name: 'Bo', password: 'night ferry at ten' });
  await other.goto('/desk/queue?words=of+them');
  await other.locator(`#c-${second.id}`).getByRole('button', { name: 'Show', exact: true }).click();
  await other.locator(`#c-${second.id}`).waitFor({ state: 'detached' });
  await desk.locator(`#c-${second.id} .refused`, { hasText: 'Decided by somebody else' }).waitFor();
  assert.equal(await desk.locator(`#c-${second.id} [data-act=show]`).isDisabled(), true);

  // Two at once: the later is refused, and its row is back with the reason.
  await desk.route('**/comments/*/show', async (route) => {
    await other.locator(`#c-${third.id} summary[data-act=ask]`).click();
    await other.locator(`#warn-${third.id}`).fill('Please be kind.');
    await other.getByRole('button', { name: 'Warn the writer' }).click();
    await other.locator('#settled li:not(.sending)', { hasText: 'Writer warned' }).waitFor();
    await route.continue();
  });
  await other.goto('/desk/queue?words=of+them');
  await desk.locator(`#c-${third.id}`).getByRole('button', { name: 'Show', exact: true }).click();
  await desk.locator(`#c-${third.id} .refused`, { hasText: 'Another moderator has ruled' }).waitFor();
  await desk.unroute('**/comments/*/show');
  assert.deepEqual(await violations(desk), [], 'with a row that came back');

  // The connection fails: nothing is lost.
  await desk.route('**/comments/*/show', (route) => route.abort());
  await desk.locator(`#c-${first.id}`).getByRole('button', { name: 'Show', exact: true }).click();
  await desk.locator(`#c-${first.id} .refused`, { hasText: 'could not be sent' }).waitFor();
  assert.equal(await desk.locator(`#note-${first.id}`).inputValue(), 'Half a sen');
});

test('undo takes back what was ruled here, not what was so already', async (t) => {
  const paper = await startPaper(t, { demo: true, toml: HELD });
  const { path } = await quietStory(paper);
  addModerator(paper, 'Bo', 'night ferry at ten');
  const mine = await post(paper, path, 'Early', 'The first of them. You fool!');
  const theirs = await post(paper, path, 'Later', 'The second of them. You fool!');
  const desk = await reader(paper, { fails: true });
  await signIn(desk, demoEditor(paper));
  // A page that does not hear what others decide.
  await desk.route('**/desk/queue?*', (route) => route.request().resourceType() === 'fetch' ? route.abort() : route.fallback());
  await desk.goto('/desk/queue?words=of+them');
  const other = await reader(paper);
  await signIn(other, { name: 'Bo', password: 'night ferry at ten' });
  await other.goto('/desk/queue?words=of+them');
  const show = (page, id) => page.locator(`#c-${id}`).getByRole('button', { name: 'Show', exact: true }).click();
  await show(other, theirs.id);
  await other.locator('#settled li:not(.sending)', { hasText: 'Shown' }).waitFor();

  await show(desk, mine.id);
  await desk.locator('#settled li:not(.sending)', { hasText: 'Early' }).waitFor();
  await show(desk, theirs.id);
  await desk.locator('#settled li:not(.sending)', { hasText: 'Later' }).waitFor();
  assert.equal(await desk.locator('.row > .refused').count(), 0);
  await desk.keyboard.press('u');
  await desk.locator(`#c-${mine.id}:focus`).waitFor();
  assert.match(await desk.locator('[role="status"]').innerText(), /taken back/);
  assert.equal(await desk.locator(`#c-${theirs.id}`).count(), 0, 'it stays shown');
});

test('two moderators beside each other, a discussion slowed, a tip passed on, many at a stroke', async (t) => {
  const paper = await startPaper(t, { demo: false, toml: HELD });
  addStaff(paper, 'Ilse', 'editor', 'night ferry at ten');
  addModerator(paper, 'Bo', 'night ferry at ten');
  const ilse = await reader(paper, { init: axe });
  await signIn(ilse, { name: 'Ilse', password: 'night ferry at ten' });
  const path = await publish(ilse, 'Night ferry', 'It leaves at ten.');
  const sent = [];
  for (const n of [1, 2, 3, 4]) sent.push(await post(paper, path, `Writer ${n}`, `Number ${n} of the quartet. You fool!`));
  const [first, second] = sent;
  const queue = '/desk/queue?words=of+the+quartet';
  const bo = await reader(paper, { init: axe });
  await signIn(bo, { name: 'Bo', password: 'night ferry at ten' });

  // Bo looks at the first: Ilse is told, and of nothing else.
  await ilse.goto(queue);
  await bo.goto(queue);
  await bo.keyboard.press('j');
  await bo.locator(`#c-${first.id}:focus`).waitFor();
  await ilse.locator(`#c-${first.id} .looked-at`, { hasText: 'Bo is looking at this one.' }).waitFor();
  assert.equal(await ilse.locator('.looked-at').count(), 1);
  assert.equal(await bo.locator('.looked-at').count(), 0, 'nobody is told of themselves');
  assert.deepEqual(await violations(ilse), [], 'with a colleague beside');
  await bo.keyboard.press('j');
  await ilse.locator('.looked-at').waitFor({ state: 'attached' });
  await ilse.locator(`#c-${second.id} .looked-at`).waitFor();
  assert.equal(await ilse.locator(`#c-${first.id} .looked-at`).count(), 0, 'Bo has gone on');

  // Slowed from the queue; the row stays and has the focus.
  await bo.keyboard.press('t');
  await bo.keyboard.press('s');
  await bo.keyboard.press('Enter');
  await bo.locator('#settled li:not(.sending)', { hasText: 'Discussion set' }).waitFor();
  assert.equal(await bo.locator(`#c-${second.id}:focus`).count(), 1);
  assert.match(await bo.locator(`#c-${first.id} details.thread summary`).innerText(), /slowed/, 'on every row of it');
  assert.match((await fetchText(paper, path)).text, /This discussion is slowed/);

  // A tip: nothing is decided, and the editor finds it.
  await bo.keyboard.press('n');
  await bo.keyboard.type('The year is wrong.');
  await bo.keyboard.press('Enter');
  await bo.locator('#settled li:not(.sending)', { hasText: 'Passed on to the editors' }).waitFor();
  assert.equal(await bo.locator(`#c-${second.id}:focus`).count(), 1);
  assert.equal(await bo.locator(`#tip-${second.id}`).inputValue(), '');
  await ilse.goto('/desk');
  await ilse.locator('.said a').click();
  assert.match(await ilse.locator('#tips').innerText(), /The year is wrong\.[\s\S]*Number 2 of the quartet/);
  assert.deepEqual(await violations(ilse), [], 'a story with a tip');

  // Its thread closed, and open again; the row stays and has the focus.
  await bo.keyboard.press('l');
  await bo.getByText('Its thread is closed: nobody can reply in it.').waitFor();
  await bo.locator(`#c-${second.id}:focus`, { hasText: 'Thread closed' }).waitFor();
  assert.equal(await bo.getByText('Thread closed', { exact: true }).count(), 1, 'the others are threads of their own');
  assert.deepEqual(await violations(bo), [], 'with a closed thread');
  await bo.keyboard.press('l');
  await bo.getByText('Its thread is open to replies again.').waitFor();
  assert.equal(await bo.getByText('Thread closed', { exact: true }).count(), 0);
  await bo.locator(`#c-${second.id}:focus`).waitFor();

  // Many at a stroke, and back at a stroke.
  await bo.keyboard.press('a');
  assert.equal(await bo.locator('[name=tick]:checked').count(), 4);
  await bo.locator('#bulk-reason').selectOption('insult');
  await bo.getByRole('button', { name: 'Remove the ticked' }).click();
  await bo.getByText('The ticked comments are ruled on.').waitFor();
  assert.equal(await bo.locator('li.row').count(), 0);
  await bo.getByRole('button', { name: 'Undo the last 4 rulings' }).click();
  await bo.getByText('Your last ruling is taken back.').waitFor();
  assert.equal(await bo.locator('li.row').count(), 4);

  // The help has every key, and no other.
  const script = (await fetchText(paper, await bo.locator('script[src*="desk-"]').getAttribute('src'))).text;
  const table = /const keys = \{([\s\S]*?)\n  \};/.exec(script)[1];
  const known = [...table.matchAll(/^    '?([a-z?])'?: /gm)].map((m) => m[1]).sort();
  await bo.keyboard.press('?');
  const told = (await bo.locator('#keys dt kbd').allInnerTexts()).filter((key) => key.length === 1).sort();
  assert.deepEqual(told, known);
  assert.ok(known.length >= 15, known.join(''));
  assert.deepEqual(await violations(bo), [], 'the help');
  await bo.keyboard.press('Escape');

  await bo.goto('/desk/shift');
  assert.match(await bo.locator('main').innerText(), /8 rulings/);
  assert.deepEqual(await violations(bo), [], 'the shift');
});
