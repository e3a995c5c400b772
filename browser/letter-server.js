// Servers that a paper speaks to, with certificates of an authority that only the test knows.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttps } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

/** Loopback as well as 127.0.0.1, and not by the name by which the paper knows its own machine. */
export const HOST = '127.0.0.2';

/** An authority of its own, and a key and certificate that it gave to `HOST`. */
export async function authority(t) {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-authority-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  await writeFile(join(folder, 'of'), `subjectAltName=IP:${HOST}\nbasicConstraints=CA:FALSE\n`);
  openssl('req', '-x509', ...key, '-subj', '/CN=Authority of a test', '-keyout', 'ca.key', '-out', 'ca.pem',
    '-addext', 'basicConstraints=critical,CA:TRUE');
  openssl('req', ...key.filter((word) => !['-days', '2'].includes(word)), '-subj', `/CN=${HOST}`, '-keyout', 'key.pem', '-out', 'asked.pem');
  openssl('x509', '-req', '-in', 'asked.pem', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'of', '-out', 'cert.pem');
  const [own, cert] = await Promise.all([readFile(join(folder, 'key.pem')), readFile(join(folder, 'cert.pem'))]);
  return { file: join(folder, 'ca.pem'), key: own, cert };
}

/** What came in one after the other, and a wait for the next. */
function box() {
  const kept = [];
  const waiting = [];
  return {
    kept,
    put(one) {
      if (waiting.length) waiting.shift()(one);
      else kept.push(one);
    },
    next: () => (kept.length ? Promise.resolve(kept.shift()) : new Promise((got) => waiting.push(got))),
  };
}

/** Head and text of a letter as it came over the wire. */
function read(bytes) {
  const raw = bytes.toString('latin1');
  const at = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, at).replace(/\r\n[ \t]/g, ' ');
  const header = (name) => [...head.matchAll(new RegExp(`^${name}: *(.*)$`, 'gim'))].map((m) => m[1].trim());
  const body = raw.slice(at + 4);
  const encoding = (header('Content-Transfer-Encoding')[0] ?? '').toLowerCase();
  const unquoted = () => body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  const plain = encoding === 'base64' ? Buffer.from(body, 'base64') : Buffer.from(encoding === 'quoted-printable' ? unquoted() : body, 'latin1');
  const text = plain.toString('utf8');
  const link = (kind) => new URL(new RegExp(`https?://\\S*/letters/${kind}/\\S+`).exec(text)?.[0] ?? `none:${kind}`).pathname;
  return { head, header, text, link };
}

/**
 * nodemailer's letter server. `manner` may be changed while it runs: a function for `connect`, `from`, `to` or `data`
 * is asked with what the paper said, and answers an error, nothing, or never.
 */
export async function letterServer(t, certificate, options = {}) {
  const letters = box();
  const seen = { users: [], secure: [], ended: box() };
  const manner = {};
  const ask = async (phase, what) => {
    const answer = await manner[phase]?.(what);
    if (answer) throw answer;
  };
  const hook = (phase, done, what, ...rest) => ask(phase, what).then(() => done(null, ...rest), done);
  const server = new SMTPServer({
    key: certificate.key,
    cert: certificate.cert,
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 1,
    authOptional: true,
    onConnect: (session, done) => hook('connect', done, session),
    onAuth: (auth, session, done) => {
      seen.users.push({ method: auth.method, user: auth.username, password: auth.password, secure: session.secure });
      done(auth.password === 'right' && !manner.refuses ? null : Object.assign(new Error('no such user'), { responseCode: 535 }), { user: auth.username });
    },
    onMailFrom: (address, session, done) => hook('from', done, address.address),
    onRcptTo: (address, session, done) => hook('to', done, address.address),
    onData: (stream, session, done) => {
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => hook('data', (fault) => {
        if (fault) return done(fault);
        seen.secure.push(session.secure);
        letters.put({ to: session.envelope.rcptTo.map((one) => one.address), ...read(Buffer.concat(parts)) });
        return done(null, 'taken');
      }));
    },
    onClose: (session) => seen.ended.put(session),
    ...options,
  });
  // What the paper breaks off is no fault of the server's.
  server.on('error', () => {});
  server.listen(0, HOST);
  await once(server.server, 'listening');
  t.after(() => new Promise((done) => {
    for (const one of server.connections) one._socket?.destroy();
    server.close(done);
  }));
  return { port: server.server.address().port, letters, seen, manner };
}

/** Takes POSTs over TLS; what came is waited for. */
export async function hookServer(t, certificate) {
  const calls = box();
  const server = createHttps({ key: certificate.key, cert: certificate.cert }, async (request, reply) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    calls.put({ method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
    reply.writeHead(204).end();
  });
  // Whoever does not believe the certificate breaks off; that is seen, too.
  server.on('tlsClientError', (fault) => calls.put({ fault }));
  server.listen(0, HOST);
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return { url: `https://${HOST}:${server.address().port}`, calls };
}
