// The discussion of a page, on a site of anybody: one script, no frame, no cookie. What a reader may change
// later, and is told of, is known by the word of its receipt, kept in the page's own storage. Style and direction are the
// page's; see docs/embedding.md. When the paper cannot be reached, the page goes on without it.
(() => {
  'use strict';
  const me = document.currentScript || document.querySelector('script[data-site][src*="/embed.js"]');
  if (!me) return;
  const { site, pageId = '', pageUrl, lang, dir, counts, token } = me.dataset;
  const base = new URL(me.src).origin;

  const english = 'Comments|Nobody has said anything yet.|Name|Your comment|Your reply|Post comment|Reply|Cancel|Valuable|Report|Edit|Save|Withdraw|Click again to withdraw it|edited|Order|Newest|Oldest|Most discussed|Most valued|More comments|Show the whole thread|This discussion is closed.|Every comment is read by a moderator before it is shown.|Your comment waits for the moderator.|See what becomes of it|A comment was removed by the moderators.|A comment here waits for the moderator.|A comment was withdrawn by its writer.|The comments cannot be reached at the moment.|Try again|Read them there|It could not be sent. What you wrote is kept; please try again in a while.|Your name and the network you write from, e.g. 175.136.169.*, are shown.|Your name is shown; the address you write from is not.|Staff|to|The moderators cut a passage.|Shown.|Withdrawn.|Editors’ pick|Pinned|Thread closed|New comments|Author of the story|Address confirmed|Account|Signed in|Rules|Your comments|Forget them in this browser|Letters about this comment|Mail address (optional)|Write to me when somebody answers|Never shown. One letter asks whether the address is yours; without your yes no other follows. With it you are told if a moderator removes the comment.';
  const others = ['de', 'fr', 'es', 'ru', 'zh', 'ar'];
  const css = ':host{display:block;font:inherit;color:inherit;text-align:start}:host,:host *{box-sizing:border-box}[hidden]{display:none!important}section{--a:var(--dateline-accent,currentColor);--l:var(--dateline-line,color-mix(in srgb,currentColor 25%,transparent));max-width:var(--dateline-width,44rem);overflow-wrap:anywhere}h2{font:inherit;font-size:1.25em;font-weight:bold;margin:0 0 .75em}p{margin:.4em 0}a{color:var(--a)}.s{font-size:.875em}label{display:block;margin-top:.6em}input,textarea,select,button{font:inherit;color:inherit;background:var(--dateline-field,transparent);border:1px solid var(--l);border-radius:var(--dateline-radius,3px);padding:.4em .6em;max-width:100%}select{background:Canvas;color:CanvasText}input,textarea{display:block;width:100%;border-color:currentColor}textarea{min-height:6em;resize:vertical}input[type=checkbox]{display:inline;width:auto}summary{cursor:pointer}ul{padding-inline-start:1em}button{cursor:pointer;min-height:2.2em}button.p{border-color:var(--a);color:var(--a);font-weight:bold}button[disabled]{opacity:.6}button[aria-pressed=true]{border-color:var(--a);font-weight:bold}article{border-top:1px solid var(--l);padding:.75em 0}.d1{margin-inline-start:1em}.d2{margin-inline-start:2em}.d3{margin-inline-start:3em}article :is(p,ul,ol,blockquote,pre){margin:.5em 0}blockquote{border-inline-start:3px solid var(--l);margin-inline:0;padding-inline-start:.75em}pre{white-space:pre-wrap}.g{border:1px solid var(--l);border-radius:var(--dateline-radius,3px);padding:0 .35em}.b{display:flex;flex-wrap:wrap;gap:.5em;align-items:center;margin-top:.5em}.r{border-inline-start:3px solid var(--a);padding-inline-start:.6em;font-weight:bold}:focus-visible{outline:2px solid var(--a);outline-offset:2px}';

  const said = lang || (me.closest('[lang]') || document.documentElement).lang;
  const chosen = said.toLowerCase().split('-')[0];
  // Where the page says none that is spoken here, its site does, or the paper.
  let tongue = ['en', ...others].includes(chosen) ? chosen : site;
  // The page's own English or Spanish, where it says which.
  const dated = (at) => {
    const looks = { dateStyle: 'medium', timeStyle: 'short' };
    try { return at.toLocaleString(tongue === chosen ? said : tongue, looks); } catch { return at.toLocaleString(tongue, looks); }
  };
  let COMMENTS, NONE, NAME, COMMENT, ANSWER, POST, REPLY, CANCEL, VALUABLE, REPORT, EDIT, SAVE, WITHDRAW, SURE,
    EDITED, ORDER, NEWEST, OLDEST, DISCUSSED, VALUED, MORE, WHOLE, CLOSED, HELDFIRST, WAITS, FATE, REMOVED, HELD,
    WITHDRAWN, AWAY, AGAIN, THERE, UNSENT, NETWORK, NAMEONLY, STAFF, TO, CUT, SHOWN, GONE, PICK, PINNED, SHUT, NEW,
    AUTHOR, CONFIRMED, ACCOUNT, SIGNED, RULES, YOURS, FORGET, LETTERS, MAIL, ANSWERS, MAILTERMS;

  // Storage may be forbidden; then nothing is remembered beyond this page.
  const memory = {};
  const kept = (key) => {
    try { return localStorage.getItem(`dateline ${key}`); } catch { return memory[key]; }
  };
  const keep = (key, value) => {
    try {
      if (value) localStorage.setItem(`dateline ${key}`, value);
      else localStorage.removeItem(`dateline ${key}`);
    } catch { memory[key] = value; }
  };
  const table = (key) => {
    try { return JSON.parse(kept(key)) || {}; } catch { return {}; }
  };
  const make = (tag, attributes, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === 'on') node.addEventListener(tag === 'form' ? 'submit' : tag === 'select' ? 'change' : 'click', value);
      else if (value === true) node.setAttribute(name, '');
      else if (value !== false) node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  };
  // Only addresses of the paper and of the web are followed.
  const link = (href, ...children) => make('a', { href: /^https?:/.test(href) ? href : '#', rel: 'nofollow' }, ...children);

  const ask = async (path, method = 'GET', body, receipt) => {
    const headers = {};
    if (body) headers['Content-Type'] = 'application/json';
    if (receipt) headers.Authorization = `Bearer ${receipt}`;
    const reply = await fetch(`${base}/api/v1/${path}`, {
      method, headers, body: body && JSON.stringify(body), credentials: 'omit', cache: 'no-cache', signal: AbortSignal.timeout(20000),
    });
    const answered = reply.status === 204 ? {} : await reply.json();
    if (!reply.ok) throw Object.assign(new Error(), { problem: answered });
    return answered;
  };
  const why = (error) => (error.problem && error.problem.detail) || UNSENT;

  // The page, by its own word or by its address.
  const here = location.origin + location.pathname;
  const absolute = (address) => {
    try { return new URL(address, location.href).href; } catch { return ''; }
  };
  const canonical = absolute((document.querySelector('link[rel=canonical]') || {}).href || '');
  const url = pageUrl ? absolute(pageUrl) : canonical.startsWith(`${location.origin}/`) ? canonical : here;
  const page = { url, id: pageId };
  const hosted = `${base}/embed/${site}?${new URLSearchParams({ ...page, title: document.title.slice(0, 300) })}`;

  // How many comments stand under each of a list of pages.
  const count = async () => {
    const all = [...document.querySelectorAll('[data-dateline-count]')];
    for (let at = 0; at < all.length; at += 25) {
      const some = all.slice(at, at + 25);
      const query = new URLSearchParams({ site });
      for (const node of some) {
        if (node.dataset.pageId) query.append('id', node.dataset.pageId);
        else query.append('url', absolute(node.dataset.datelineCount || node.href || url).split(node.href && node.search ? '#' : /[?#]/)[0]);
      }
      try {
        const answered = await ask(`counts?${query}`);
        answered.counts.forEach((one, n) => { some[n].textContent = one.shown; });
      } catch { /* what the page says itself stays */ }
    }
  };

  // English is at hand, the others come when they are wanted, as many as this script knows; without them English it is.
  const speak = async () => {
    let words = english.split('|');
    if (tongue !== 'en') {
      try {
        const reply = await fetch(`${base}/embed-words/${tongue}?${words.length}`, { credentials: 'omit', signal: AbortSignal.timeout(5000) });
        const told = (await reply.text()).trim().split('\n');
        if (!reply.ok || told.length < words.length) throw new Error();
        words = told;
        tongue = reply.headers.get('content-language') ?? '';
      } catch { tongue = 'en'; }
    }
    [COMMENTS, NONE, NAME, COMMENT, ANSWER, POST, REPLY, CANCEL, VALUABLE, REPORT, EDIT, SAVE, WITHDRAW, SURE,
      EDITED, ORDER, NEWEST, OLDEST, DISCUSSED, VALUED, MORE, WHOLE, CLOSED, HELDFIRST, WAITS, FATE, REMOVED,
      HELD, WITHDRAWN, AWAY, AGAIN, THERE, UNSENT, NETWORK, NAMEONLY, STAFF, TO, CUT, SHOWN, GONE, PICK, PINNED, SHUT,
      NEW, AUTHOR, CONFIRMED, ACCOUNT, SIGNED, RULES, YOURS, FORGET, LETTERS, MAIL, ANSWERS, MAILTERMS] = words;
  };

  const spoken = counts === undefined && speak();
  const start = async () => {
    count();
    if (!spoken) return;
    await spoken;
    let host = document.getElementById('dateline-comments');
    if (!host) {
      host = make('div', { id: 'dateline-comments' });
      me.after(host);
    }
    if (host.shadowRoot) return;
    const root = host.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];

    const title = make('h2', { id: 'title', tabindex: '-1' }, COMMENTS);
    const status = make('p', { role: 'status', class: 's' });
    const say = (...children) => status.replaceChildren(...children);
    const form = make('div', {});
    const orders = make('select', { id: 'order', on: () => load() },
      ...Object.entries({ newest: NEWEST, oldest: OLDEST, discussed: DISCUSSED, valued: VALUED })
        .map(([value, name]) => make('option', { value }, name)));
    const order = make('p', { class: 's', hidden: true }, make('label', { for: 'order' }, ORDER), orders);
    const fresh = make('p', { role: 'status' });
    const mine = make('div', {});
    const list = make('div', {});
    const more = make('button', { type: 'button', hidden: true, on: () => load(more.dataset.next) }, MORE);
    root.append(make('section', { 'aria-labelledby': 'title', lang: tongue, ...(dir || tongue === 'ar' ? { dir: dir || 'rtl' } : {}) }, title, form, status, mine, order, fresh, list, more));

    let known = {};
    // New comments while the page is looked at, on a line that stays open; where there is none to be had, by asking now
    // and then, ever more rarely while the paper is away.
    const every = 30000;
    let line, rounds, broken = 0, pause = every;
    const heard = (shown) => {
      if (shown > known.count) {
        fresh.replaceChildren(make('button', { type: 'button', on: () => { orders.value = 'newest'; load(); } }, `${NEW} (${shown - known.count})`));
      } else {
        known.count = shown;
        fresh.replaceChildren();
      }
    };
    const later = () => { rounds = setTimeout(round, pause * (1 + Math.random())); };
    const round = async () => {
      try {
        heard((await ask(`counts?${new URLSearchParams({ site, ...(pageId ? { id: pageId } : { url }) })}`)).counts[0].shown);
        pause = every;
        if (broken < 3) listen();
        else later();
      } catch {
        pause = Math.min(2 * pause, 20 * every);
        later();
      }
    };
    const listen = () => {
      clearTimeout(rounds);
      if (line) line.close();
      line = 0;
      if (document.hidden) return;
      // Before the first comment there is no discussion to listen to.
      if (/\/embed\//.test(known.url) || broken > 2) {
        later();
        return;
      }
      line = new EventSource(`${base}${new URL(known.url).pathname}/live`);
      line.onmessage = (event) => {
        broken = 0;
        heard(+event.data);
      };
      line.onerror = () => {
        line.close();
        broken += 1;
        later();
      };
    };
    document.addEventListener('visibilitychange', () => { if (known.url) listen(); });
    // The receipts of one's own comments: so long as an appeal may be made, the latest twenty.
    const owns = () => Object.entries(table('own')).filter(([, one]) => one.end > Date.now());
    const own = (id) => (owns().find(([key]) => key === String(id)) || [0, { word: '' }])[1];
    const remember = (id, receipt) => {
      const now = Date.now();
      const one = { word: receipt.split('/').pop(), until: now + known.edit_minutes * 60000, end: now + known.receipt_days * 864e5 };
      keep('own', JSON.stringify(Object.fromEntries([...owns(), [id, one]].slice(-20))));
    };
    const tell = (state, receipt) => say(state === 'shown' ? SHOWN : WAITS, ' ', link(receipt, FATE));
    // What became of them: nobody else is told of what waits or was removed.
    const owned = async () => {
      const receipts = owns().map(([, one]) => one.word);
      try {
        const all = receipts.length ? (await ask(`sites/${site}/own`, 'POST', { ...page, receipts })).comments : [];
        const open = all.some((one) => one.cut || one.state === 'held' || one.state === 'removed');
        mine.replaceChildren(all.length ? make('details', { class: 's', open },
          make('summary', {}, `${YOURS} (${all.length})`),
          make('ul', {}, ...all.map((one) => make('li', { class: one.state === 'removed' || one.cut ? 'r' : '' },
            make('q', { dir: 'auto' }, one.text.slice(0, 160)), ' ', make('time', { datetime: one.at }, dated(new Date(one.at))),
            ` ${one.said}. ${one.why} `, link(one.receipt, FATE)))),
          make('button', {
            type: 'button',
            on: async () => {
              keep('own', '');
              await load();
              title.focus();
            },
          }, FORGET)) : '');
      } catch { /* the receipts are where they were */ }
    };

    // A form for a comment, an answer, or a change of one.
    const writing = ({ to, comment, label, button, send, close }) => {
      const mark = to || (comment && `e${comment.id}`) || '';
      const draft = `draft ${site} ${pageId || url} ${mark}`;
      const id = (name) => `${name}-${mark}`;
      const refusal = make('p', { role: 'alert', class: 'r', id: id('refusal'), hidden: true });
      const name = make('input', { id: id('name'), required: !token, maxlength: known.longest_name, autocomplete: 'nickname', dir: 'auto' });
      name.value = kept('name') || '';
      const text = make('textarea', { id: id('text'), required: true, dir: 'auto', 'aria-describedby': `${id('refusal')} ${id('terms')}` });
      text.value = comment ? comment.text : kept(draft) || '';
      text.addEventListener('input', () => { if (!comment) keep(draft, text.value); });
      const mail = make('input', { id: id('mail'), type: 'email', maxlength: 254, autocomplete: 'email', 'aria-describedby': `${id('refusal')} ${id('letters')}` });
      const answers = make('input', { type: 'checkbox' });
      const letters = make('details', { class: 's' }, make('summary', {}, LETTERS), make('label', { for: id('mail') }, MAIL), mail,
        make('label', {}, answers, ' ', ANSWERS), make('p', { id: id('letters') }, MAILTERMS));
      const go = make('button', { class: 'p' }, button);
      const whole = make('form', {
        'aria-label': label,
        on: async (event) => {
          event.preventDefault();
          refusal.hidden = true;
          go.disabled = true;
          try {
            await send(name.value, text.value, mail.value, answers.checked);
            if (!token) keep('name', name.value);
            if (!comment) keep(draft, '');
            text.value = mail.value = '';
          } catch (error) {
            refusal.textContent = why(error);
            refusal.hidden = false;
            const fault = { name, email: mail }[error.problem && error.problem.field] || text;
            if (fault === mail) letters.open = true;
            for (const each of [name, text, mail]) each.setAttribute('aria-invalid', each === fault);
            fault.focus();
          } finally {
            go.disabled = false;
          }
        },
      }, refusal);
      if (!comment && !token) whole.append(make('label', { for: id('name') }, NAME), name);
      whole.append(make('label', { for: id('text') }, label), text);
      if (!comment && known.letters) whole.append(letters);
      const buttons = make('div', { class: 'b' }, go);
      if (close) buttons.append(make('button', { type: 'button', on: close }, CANCEL));
      // After the button: from the text a key leads straight to it.
      const rules = link(`${base}/discussion-rules?${new URLSearchParams({ site, language: tongue })}`, RULES);
      whole.append(buttons, make('p', { class: 's', id: id('terms') }, known.networks ? NETWORK : NAMEONLY, ' ', rules));
      return { whole, focus: () => (name.value || comment || token ? text : name).focus() };
    };
    const post = async (name, text, email, answers, reply_to) => {
      const said = { ...page, title: document.title.slice(0, 300), language: document.documentElement.lang || '', name, text, email, answers, reply_to, token, proof: '' };
      const send = () => ask(`sites/${site}/comments`, 'POST', said);
      const answered = await send().catch(async (error) => {
        // The paper may ask for a moment's work first.
        const { challenge } = error.problem || {};
        if (!challenge) throw error;
        said.proof = await (await import(base + challenge.solver)).solve(challenge);
        return send();
      });
      remember(answered.id, answered.receipt);
      if (answered.state === 'shown') known.count += 1;
      owned();
      tell(answered.state, answered.receipt);
      return answered;
    };

    const find = (id) => list.querySelector(`#comment-${id}`);
    const point = (id) => {
      const article = find(id);
      if (!article) return;
      article.focus({ preventScroll: true });
      article.scrollIntoView({ block: 'nearest' });
    };
    // One thread as it now stands.
    const renew = async (id, thread) => {
      try {
        thread.replaceWith(threaded(await ask(`sites/${site}/comments/${id}`)));
      } catch (error) {
        if (error.problem && error.problem.status === 404) thread.remove();
        else throw error;
      }
    };

    const body = (comment) => {
      const text = make('div', { dir: 'auto' });
      try {
        // Made and escaped by the paper; a page whose policy forbids it shows the words alone.
        text.innerHTML = comment.text_html;
      } catch { text.textContent = comment.text; }
      return text;
    };
    const shown = (comment, depth, names) => {
      const article = make('article', { id: `comment-${comment.id}`, tabindex: '-1', class: `d${Math.min(depth, 3)}` });
      if (comment.state !== 'shown') {
        article.append(make('p', { class: 's' }, { held: HELD, withdrawn: WITHDRAWN }[comment.state] || REMOVED));
        return article;
      }
      const when = make('time', { datetime: comment.at }, dated(new Date(comment.at)));
      const head = make('div', { class: 's' }, make('b', { dir: 'auto' }, comment.name), ' ');
      // Who says what of the writer, as the paper's own pages have it.
      const { badge, badge_kind: kind } = comment;
      const badges = [
        comment.staff && STAFF,
        kind === 'author' ? AUTHOR : kind === 'expert' && badge,
        comment.vouched && `✓ ${kind === 'provider' ? badge : { mail: CONFIRMED, account: ACCOUNT }[comment.vouched] || SIGNED}`,
        comment.featured && PICK,
      ];
      for (const one of badges) if (one) head.append(make('bdi', { class: 'g' }, one), ' ');
      const answered = comment.to || (depth > 3 && names[comment.parent]);
      if (answered) head.append(`${TO} `, make('bdi', {}, answered), ' ');
      head.append(link(comment.url, when));
      if (comment.edited) head.append(` ${EDITED} `, make('time', { datetime: comment.edited }, dated(new Date(comment.edited))));
      head.append(' ', make('bdi', { dir: 'ltr' }, comment.network || ''));
      const text = body(comment);
      const thread = () => article.closest('.t');
      const buttons = make('div', { class: 'b s' });
      const named = (node, name) => {
        node.textContent = name;
        node.setAttribute('aria-label', `${name}: ${comment.name}`);
        buttons.append(node);
        return node;
      };
      const button = (name, act) => named(make('button', { type: 'button', on: act }), name);
      const opened = (node, from) => {
        const before = article.querySelector('form');
        if (before) before.remove();
        article.append(node.whole);
        node.focus();
        return () => { node.whole.remove(); from.focus(); };
      };
      if (known.open && !names.closed) {
        const answer = button(REPLY, () => {
          const node = writing({
            to: comment.id, label: ANSWER, button: REPLY, close: () => close(),
            send: async (name, words, ...letters) => {
              const answered = await post(name, words, ...letters, comment.id);
              if (answered.state === 'shown') {
                await renew(answered.id, thread());
                point(answered.id);
              } else node.whole.remove();
            },
          });
          const close = opened(node, answer);
        });
      }
      const valued = button(VALUABLE, async () => {
        try {
          let voter = kept('voter');
          if (!voter) {
            voter = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
            keep('voter', voter);
          }
          const answered = await ask(`sites/${site}/comments/${comment.id}/value`, 'POST', { voter });
          mark(answered.valued, true);
          keep('valued', [comment.id, ...(kept('valued') || '').split(' ').slice(0, 200)].join(' '));
        } catch (error) { say(why(error)); }
      });
      const mark = (by, mine) => {
        valued.textContent = by ? `${VALUABLE} ${by}` : VALUABLE;
        valued.setAttribute('aria-label', `${valued.textContent}: ${comment.name}`);
        valued.setAttribute('aria-pressed', mine);
      };
      mark(comment.valued, (kept('valued') || '').split(' ').includes(String(comment.id)));
      const { word: receipt, until } = own(comment.id);
      if (until > Date.now()) {
        const change = button(EDIT, () => {
          const node = writing({
            comment, label: COMMENT, button: SAVE, close: () => close(),
            send: async (_, words) => {
              const answered = await ask(`sites/${site}/comments/${comment.id}`, 'PUT', { text: words }, receipt);
              tell(answered.state, `${base}/receipt/${receipt}`);
              await renew(comment.id, thread());
              owned();
              point(comment.id);
            },
          });
          const close = opened(node, change);
        });
        const withdraw = button(WITHDRAW, async () => {
          if (withdraw.textContent !== SURE) {
            withdraw.textContent = SURE;
            withdraw.removeAttribute('aria-label');
            return;
          }
          try {
            await ask(`sites/${site}/comments/${comment.id}`, 'DELETE', undefined, receipt);
            await renew(comment.id, thread());
            owned();
            say(GONE);
            title.focus();
          } catch (error) { say(why(error)); }
        });
      }
      if (receipt) named(link(`${base}/receipt/${receipt}`), FATE);
      named(link(`${comment.url.split('#')[0].replace(/\/comments\/\d+$/, '')}/comments/${comment.id}/report`), REPORT);
      article.append(head, text, comment.reason ? make('p', { class: 's' }, CUT) : '', buttons);
      return article;
    };
    // A root, then its replies, each after the one it answers.
    const threaded = (first) => {
      const thread = make('div', { class: 't' });
      if (first.pinned) thread.append(make('p', { class: 's' }, PINNED));
      if (first.closed) thread.append(make('p', { class: 's' }, SHUT));
      const here = new Set(first.answers.map((one) => one.id));
      const names = Object.fromEntries([first, ...first.answers].map((one) => [one.id, one.name]));
      // Beside the numbers: whether anybody may answer here.
      names.closed = first.closed;
      const under = {};
      for (const one of first.answers) (under[here.has(one.parent) ? one.parent : first.id] ||= []).push(one);
      const stack = [[first, 0]];
      while (stack.length) {
        const [one, depth] = stack.pop();
        thread.append(shown(one, depth, names));
        for (const next of (under[one.id] || []).reverse()) stack.push([next, depth + 1]);
      }
      if (first.more) {
        thread.append(make('p', {}, link(`${first.url.split('#')[0]}/comments/${first.id}`, WHOLE)));
      }
      return thread;
    };

    const load = async (after) => {
      say('…');
      try {
        const query = new URLSearchParams({ ...page, order: orders.value });
        if (after) query.append('after', after);
        const before = known.url;
        known = await ask(`sites/${site}/comments?${query}`);
        if (known.url !== before) listen();
        if (!after) owned();
        fresh.replaceChildren();
        say(known.open ? (known.held_first ? HELDFIRST : '') : CLOSED);
        title.textContent = known.count ? `${COMMENTS} (${known.count})` : COMMENTS;
        if (known.open && !form.firstChild) {
          form.append(writing({
            label: COMMENT, button: POST,
            send: async (...written) => {
              const answered = await post(...written);
              if (answered.state !== 'shown') return;
              orders.value = 'newest';
              await load();
              tell('shown', answered.receipt);
              point(answered.id);
            },
          }).whole);
        } else if (!known.open) form.replaceChildren();
        const threads = known.comments.map(threaded);
        if (after) list.append(...threads);
        else list.replaceChildren(...(threads.length ? threads : [make('p', {}, NONE)]));
        order.hidden = known.count < 2;
        more.hidden = !known.next;
        more.dataset.next = known.next || '';
        if (after && threads[0]) threads[0].querySelector('article').focus();
      } catch {
        say(AWAY, ' ', make('button', { type: 'button', on: () => load(after) }, AGAIN), ' ', link(hosted, THERE));
      }
    };
    load().then(async () => {
      const id = /^#comment-(\d+)$/.exec(location.hash);
      if (!id) return;
      // A letter may lead to one that stands on a later page.
      if (!find(id[1])) {
        try { list.prepend(threaded(await ask(`sites/${site}/comments/${id[1]}`))); } catch { /* it is gone */ }
      }
      point(id[1]);
    });
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
