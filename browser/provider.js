// OpenID Connect providers: a certified one, and one that says whatever a test wants.
import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

async function listen(t, answer) {
  const server = createServer((request, reply) => answer.now(request, reply));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  // A test that fails must not keep its process.
  server.unref();
  const stop = () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
  t.after(stop);
  return `http://127.0.0.1:${server.address().port}`;
}

/** The real one. Its address first, for the paper wants it; `open` when the paper's own is known. */
export async function realProvider(t) {
  const answer = { now: (request, reply) => reply.writeHead(503).end() };
  const issuer = await listen(t, answer);
  const open = (paper, key) => {
    const provider = new Provider(issuer, {
      clients: [{
        client_id: 'dateline',
        client_secret: 'a-secret-of-the-test',
        redirect_uris: [paper.at(`/account/with/${key}/back`)],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      }],
      pkce: { required: () => true },
      conformIdTokenClaims: false,
      claims: { openid: ['sub'], profile: ['name'] },
      cookies: { keys: ['of the test'] },
      findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id} of the Courier` }) }),
    });
    // Its pages for tests ask another host for a font.
    provider.use(async (context, next) => {
      await next();
      if (typeof context.body === 'string') context.body = context.body.replace(/@import[^;]*;/g, '');
    });
    answer.now = provider.callback();
  };
  return { issuer, host: new URL(issuer).host, open };
}

const base64url = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** One whose word the test puts in its mouth: `says` makes claims, head and signature of what is asked. */
export async function fakeProvider(t) {
  const keys = [];
  const turn = () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    keys.push({ kid: randomUUID(), privateKey, publicKey });
  };
  turn();
  const fake = { says: {}, codes: new Set(), turn, asked: [] };
  const jwks = () => keys.slice(-1).map(({ kid, publicKey }) => ({
    ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256',
  }));
  const token = () => {
    const now = Math.floor(Date.now() / 1000);
    const { claims = {}, alg = 'RS256', key = keys.at(-1) } = fake.says;
    const head = base64url({ alg, kid: key.kid, typ: 'JWT' });
    const body = base64url({ iss: fake.issuer, aud: 'dateline', sub: 'fake-1', iat: now, exp: now + 300, ...claims });
    const input = `${head}.${body}`;
    if (alg === 'none') return `${input}.`;
    if (alg === 'HS256') return `${input}.${createHmac('sha256', 'a-secret-of-the-test').update(input).digest('base64url')}`;
    return `${input}.${sign('sha256', Buffer.from(input), key.privateKey).toString('base64url')}`;
  };
  const answer = {
    now: (request, reply) => {
      const json = (status, body) => reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      const { pathname } = new URL(request.url, fake.issuer);
      fake.asked.push(pathname);
      if (fake.hangs) return;
      if (pathname === '/.well-known/openid-configuration') {
        json(200, {
          issuer: fake.claimsToBe ?? fake.issuer,
          authorization_endpoint: `${fake.issuer}/auth`,
          token_endpoint: fake.tokenEndpoint ?? `${fake.issuer}/token`,
          jwks_uri: `${fake.issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      } else if (pathname === '/jwks') {
        json(200, { keys: jwks() });
      } else if (pathname === '/token') {
        let sent = '';
        request.on('data', (bytes) => (sent += bytes));
        request.on('end', () => {
          const code = new URLSearchParams(sent).get('code');
          const verifier = new URLSearchParams(sent).get('code_verifier') ?? '';
          if (verifier.length < 43 || fake.codes.has(code)) {
            json(400, { error: 'invalid_grant' });
            return;
          }
          fake.codes.add(code);
          json(200, { access_token: 'x', token_type: 'Bearer', id_token: token() });
        });
      } else {
        json(404, {});
      }
    },
  };
  fake.issuer = await listen(t, answer);
  fake.stranger = () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return { kid: keys.at(-1).kid, privateKey };
  };
  return fake;
}
