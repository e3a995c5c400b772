// Pictures of the paper and the desk, to be looked at: node shots.js, then see shots/.
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { byName, securityKey, unasked } from './security-key.js';
import { binary, closeBrowser, demoEditor, longestThread, reader, signIn, startPaper, stories } from './support.js';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'shots');
await mkdir(folder, { recursive: true });
// Under the name for which browsers keep passkeys at home.
const paper = byName(await startPaper(null, { settings: { DATELINE_IDENTITY_PASSKEYS: 'on' } }));
try {
  const all = await stories(paper);
  const long = await longestThread(paper);
  const readers = {
    front: '/',
    story: all.find((s) => s.photo && s.comments > 0 && s.path !== long.path).path,
    plain: all.find((s) => !s.photo)?.path ?? '/',
    rtl: all.find((s) => s.language.startsWith('ar'))?.path ?? '/',
    thread: `${long.path}#comments`,
    search: '/search?q=ferry',
    error: '/no-such-page',
    rules: '/discussion-rules',
    rulings: `${long.path}/rulings`,
    transparency: '/transparency',
  };
  // A comment that was removed, as its writer sees it, and one that somebody reports.
  const written = await fetch(paper.at(`${long.path}/comments`), {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ name: 'A. Writer', text: 'You pathetic idiots, all of you. That bell is older than your families.' }),
  }).then((reply) => reply.json());
  readers.receipt = new URL(written.receipt, paper.url).pathname;
  const desk = {
    queue: '/desk/queue',
    reported: '/desk/queue?state=reported',
    appeals: '/desk/queue?state=appealed',
    filter: '/desk/queue?words=ferry',
    new: '/desk/queue?state=new',
    all: '/desk/queue?state=all',
    mine: '/desk/queue?state=mine',
    shift: '/desk/shift',
    screen: '/desk/screen',
    sanctions: '/desk/sanctions',
    reasons: '/desk/reasons',
    letters: '/desk/letters',
    staff: '/desk/staff',
  };
  const judge = await reader(paper);
  await signIn(judge, demoEditor(paper));
  await judge.goto('/desk/queue');
  const row = judge.locator(`#c-${written.id}`);
  await row.locator('select[id^=reason]').selectOption('insult');
  await row.getByRole('button', { name: 'Remove', exact: true }).click();
  await judge.waitForFunction((id) => !document.getElementById(id), `c-${written.id}`);
  // A thread in which nobody may answer any more.
  await judge.goto('/desk/queue?state=all');
  await judge.getByRole('button', { name: 'Close its thread' }).first().click();
  await judge.waitForLoadState('networkidle');
  await judge.context().close();
  execFileSync(binary, ['transparency', '--publish', '--data', paper.folder]);
  for (const width of [390, 1280]) {
    for (const scheme of ['light', 'dark']) {
      const shoot = async (page, name) => {
        const path = join(folder, `${name}-${width}-${scheme}.png`);
        // Photos that wait until somebody scrolls to them are in the picture, too.
        await page.evaluate(async () => {
          for (const image of document.images) image.loading = 'eager';
          await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
        });
        // A thread of 300 is taller than anybody looks at.
        const tall = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.screenshot({ path, clip: { x: 0, y: 0, width, height: Math.min(tall, 6000) }, fullPage: true });
        console.log(path);
      };
      const page = await reader(paper, { width, scheme, statuses: [404], init: unasked });
      await securityKey(page);
      await page.goto('/account');
      await page.getByLabel('Name beside your comments').fill(`Reader of ${width} ${scheme}`);
      await shoot(page, 'account-door');
      await page.getByRole('button', { name: 'Make the account with a passkey' }).click();
      await page.waitForURL(/said=made/);
      await shoot(page, 'account');
      await page.getByRole('button', { name: 'Sign out' }).click();
      for (const [name, path] of Object.entries(readers)) {
        await page.goto(path, { waitUntil: 'networkidle' });
        await shoot(page, name);
      }
      await page.goto('/desk/sign-in');
      await shoot(page, 'sign-in');
      await signIn(page, demoEditor(paper));
      await shoot(page, 'inbox');
      for (const [name, path] of Object.entries(desk)) {
        await page.goto(path, { waitUntil: 'networkidle' });
        await shoot(page, name);
      }
      await page.goto('/desk?tab=published');
      await page.locator('table.stories a').first().click();
      await page.locator('#headline').waitFor();
      await shoot(page, 'editor');
      await page.context().close();
    }
  }
} finally {
  await closeBrowser();
  await paper.stop();
}
