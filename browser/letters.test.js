// Letters by a real letter server, nodemailer's, and webhooks to a real HTTPS server: whatever these do, a post is
// answered at once, and what became of each letter is told to the admin.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { axe, violations } from './axe.js';
import { HOST, authority, hookServer, letterServer } from './letter-server.js';
import { PATIENCE, binary, closeBrowser, reader, signIn, startPaper } from './support.js';

after(closeBrowser);

const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('DATELINE_')));
const PASSWORD = 'night ferry at ten';

/** A paper with one story, which came from WordPress, and an admin, that sends its letters there. */
async function house(t, smtp, { authorities = '', password = 'right', more = '' } = {}) {
  const toml = `[letters]\nsmtp = "${smtp}"\nfrom = "The Courier <letters@courier.example>"\nseconds = 2\npassword = "${password}"
${authorities && `[outside]\nauthorities = "${authorities}"\n`}${more}`;
  const paper = await startPaper(t, { demo: false, limits: 'off', toml });
  const file = join(paper.folder, 'wordpress.xml');
  await writeFile(file, `<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
    <item><title>The ferry</title><link>http://old.example/the-ferry/</link><content:encoded>It leaves at ten.</content:encoded>
    <wp:post_date_gmt>${new Date().toISOString().slice(0, 19).replace('T', ' ')}</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>`);
  execFileSync(binary, ['import', '--data', paper.folder, file], { env });
  execFileSync(binary, ['staff', 'add', 'Ilse', '--role', 'admin', '--data', paper.folder], { env, input: `${PASSWORD}\n` });
  const path = new URL((await fetch(paper.at('/the-ferry/'))).url).pathname;
  return { paper, path };
}

async function send(paper, path, fields, headers = {}) {
  const answer = await fetch(paper.at(path), { method: 'POST', headers, body: new URLSearchParams(fields) });
  return { status: answer.status, text: await answer.text() };
}

async function follow(paper, path, email) {
  const began = performance.now();
  assert.equal((await send(paper, `${path}/follow`, { email })).status, 200);
  assert.ok(performance.now() - began < 1500, 'no reader waits for a letter server');
}

async function comment(paper, path, name, text) {
  const answer = await send(paper, `${path}/comments`, { name, text }, { accept: 'application/json' });
  assert.equal(answer.status, 201, answer.text);
}

/** The desk's page of letters, once it says that of the newest letter to that mask. */
async function told(desk, mask, state, why) {
  const until = Date.now() + PATIENCE;
  let row;
  do {
    await desk.goto('/desk/letters');
    [row = ''] = await desk.getByRole('row').filter({ hasText: mask }).allInnerTexts();
    if (row.includes(state) && why.test(row)) return row;
  } while (Date.now() < until);
  assert.fail(`${mask} is not ${state} for ${why}: ${row}`);
}

async function admin(paper) {
  const desk = await reader(paper, { init: axe });
  await signIn(desk, { name: 'Ilse', password: PASSWORD });
  return desk;
}

test('by STARTTLS with a password: a yes, an answer, one click, and the log of it', async (t) => {
  const ca = await authority(t);
  const server = await letterServer(t, ca, { authMethods: ['PLAIN'], authOptional: false });
  const { paper, path } = await house(t, `smtp://courier@${HOST}:${server.port}`, { authorities: ca.file });
  await follow(paper, path, 'ada@post.example');
  const asked = await server.letters.next();
  assert.deepEqual(asked.to, ['ada@post.example']);
  assert.deepEqual(asked.header('From'), ['"The Courier" <letters@courier.example>']);
  assert.match(asked.header('Message-ID')[0], /^<letter-\d+@/);
  assert.deepEqual(asked.header('List-Unsubscribe'), [], 'nothing to end yet');
  assert.deepEqual(server.seen.users, [{ method: 'PLAIN', user: 'courier', password: 'right', secure: true }]);
  assert.equal((await send(paper, asked.link('yes'), {})).status, 200);
  await comment(paper, path, 'Per', 'The ferry – at five: <b>bold</b>.');
  const letter = await server.letters.next();
  assert.match(letter.text, /The ferry – at five: <b>bold<\/b>\./);
  assert.deepEqual(letter.header('Auto-Submitted'), ['auto-generated']);
  // RFC 8058: an address and the word, a POST without cookie or page, and no letter more.
  assert.deepEqual(letter.header('List-Unsubscribe-Post'), ['List-Unsubscribe=One-Click']);
  const click = /^<(https?:\S+)>$/.exec(letter.header('List-Unsubscribe')[0])[1];
  const ended = await send(paper, new URL(click).pathname, { 'List-Unsubscribe': 'One-Click' });
  assert.equal(ended.status, 200);
  await comment(paper, path, 'Per', 'Are you still there?');
  await follow(paper, path, 'bo@post.example');
  const next = await server.letters.next();
  assert.deepEqual(next.to, ['bo@post.example'], 'nothing more to whoever ended it');
  assert.ok(server.seen.secure.every((secure) => secure), 'all of it by TLS');

  const desk = await admin(paper);
  await told(desk, 'b***@post.example', 'sent', /confirm/);
  assert.deepEqual(await violations(desk), []);
  assert.ok(!(await desk.content()).includes('ada@post.example'), 'masks alone');
  if (process.env.LETTER_SHOTS) await desk.screenshot({ path: `${process.env.LETTER_SHOTS}/letters.png`, fullPage: true });
});

test('by TLS from the first byte, with the other way to say a password', async (t) => {
  const ca = await authority(t);
  const server = await letterServer(t, ca, { secure: true, authMethods: ['LOGIN'], authOptional: false });
  const { paper, path } = await house(t, `smtps://courier@${HOST}:${server.port}`, { authorities: ca.file });
  await follow(paper, path, 'ada@post.example');
  assert.deepEqual((await server.letters.next()).to, ['ada@post.example']);
  assert.equal(server.seen.users[0].method, 'LOGIN');
});

test('a password goes to no server that nobody vouches for, nor over an open line', async (t) => {
  const ca = await authority(t);
  const strange = await letterServer(t, ca, { authMethods: ['PLAIN'] });
  const open = await letterServer(t, ca, { authMethods: ['PLAIN'], hideSTARTTLS: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
  for (const [server, authorities, why] of [[strange, '', /certificate/i], [open, ca.file, /STARTTLS|TLS/i]]) {
    const { paper, path } = await house(t, `smtp://courier@${HOST}:${server.port}`, { authorities });
    await follow(paper, path, 'ada@post.example');
    await told(await admin(paper), 'a***@post.example', 'queued', why);
    assert.deepEqual([server.seen.users, server.letters.kept], [[], []]);
  }
});

test('a wrong password, a grey list, one who is not there, and a server that hangs or goes', async (t) => {
  const ca = await authority(t);
  const server = await letterServer(t, ca, { authMethods: ['PLAIN', 'LOGIN'] });
  const { paper, path } = await house(t, `smtp://courier@${HOST}:${server.port}`, { authorities: ca.file });
  const desk = await admin(paper);
  const never = () => new Promise(() => {});
  const refusal = (code, words) => Object.assign(new Error(words), { responseCode: code });
  const cases = [
    ['stranger', {}, 'queued', /535/],
    ['grey', { to: () => refusal(451, 'grey list, come again later') }, 'queued', /451.*come again later/],
    ['nobody', { to: (who) => refusal(550, `${who}: no such user`) }, 'failed', /550.*no such user/],
    ['full', { data: () => refusal(552, 'the box is full') }, 'failed', /box is full/],
    ['hang-connect', { connect: never }, 'queued', /seconds|timed out/],
    ['hang-from', { from: never }, 'queued', /seconds|timed out/],
    ['hang-to', { to: never }, 'queued', /seconds|timed out/],
    ['hang-data', { data: never }, 'queued', /seconds|timed out/],
    ['busy', { connect: () => refusal(421, 'too busy now') }, 'queued', /421.*too busy/],
  ];
  for (const [name, manner, state, why] of cases) {
    server.manner.refuses = name === 'stranger';
    Object.assign(server.manner, { connect: undefined, from: undefined, to: undefined, data: undefined, ...manner });
    // Masked by the first letter and the host: each case has a host of its own.
    await follow(paper, path, `reader@${name}.example`);
    const row = await told(desk, `r***@${name}.example`, state, why);
    assert.ok(!row.includes('reader@'), 'the server’s words are kept without the address');
  }
  assert.deepEqual(server.letters.kept, []);
  // After all that the next letter goes out at once.
  Object.assign(server.manner, { connect: undefined, from: undefined, to: undefined, data: undefined });
  await follow(paper, path, 'reader@last.example');
  assert.deepEqual((await server.letters.next()).to, ['reader@last.example']);
  await told(desk, 'r***@last.example', 'sent', /confirm/);
});

test('a server that closes the line, whatever it was saying', async (t) => {
  const lines = ['', '220 a\r\n', '220 a\r\n250-a\r\n', '220 a\r\n250 a\r\n', '220 a\r\n250 a\r\n250 fine\r\n', `${'2'.repeat(100_000)}`];
  let say = '';
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.end(say);
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  t.after(() => new Promise((done) => {
    server.close(done);
    for (const socket of sockets) socket.destroy();
  }));
  const { paper, path } = await house(t, `smtp://${HOST}:${server.address().port}`);
  const desk = await admin(paper);
  for (const [n, words] of lines.entries()) {
    say = words;
    await follow(paper, path, `reader@case${n}.example`);
    await told(desk, `r***@case${n}.example`, 'queued', /1/);
  }
});

test('a webhook to a server whose authority the paper was told of', async (t) => {
  const ca = await authority(t);
  const hook = await hookServer(t, ca);
  const options = '[webhooks]\nallow_inside = true\n';
  const { paper, path } = await house(t, `smtp://${HOST}:9`, { authorities: ca.file, more: options });
  const add = ['webhook', 'add', `${hook.url}/in?a=1`, '--event', 'comment.shown', '--data', paper.folder];
  const key = execFileSync(binary, add, { env, encoding: 'utf8' }).trim();
  await comment(paper, path, 'Per', 'Told to a machine.');
  const call = await hook.calls.next();
  assert.deepEqual([call.method, call.path, JSON.parse(call.body).event], ['POST', '/in?a=1', 'comment.shown']);
  const [, at, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(call.headers['dateline-signature']);
  assert.equal(createHmac('sha256', key).update(`${at}.${call.body}`).digest('hex'), signature);

  // A paper that was not told of it says nothing to it.
  const other = await house(t, `smtp://${HOST}:9`, { more: options });
  execFileSync(binary, [...add.slice(0, -1), other.paper.folder], { env });
  await comment(other.paper, other.path, 'Per', 'Told to nobody.');
  const broken = await hook.calls.next();
  assert.ok(broken.fault, `broken off before a word: ${JSON.stringify(broken)}`);
  await told(await admin(other.paper), `${hook.url}/in`, 'queued', /no TLS/);
});
