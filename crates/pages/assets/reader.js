// The reader's script: posts without reload, answers in place, keeps drafts, tells of new comments.
// All of it works without this file; what it shows comes from the paper's own pages or as plain text.
(() => {
  'use strict';
  const talk = document.getElementById('comments');
  const threads = document.getElementById('threads');
  if (!talk || !threads) return;
  const path = talk.dataset.path;
  const every = 30000;
  let known = Number(talk.dataset.shown);

  // In the page's language. The first counts: a form for each plural.
  const words = {
    en: '# new comment,# new comments|The comment was not accepted.|Change or withdraw|See what becomes of it|Your comment waits for the moderator.|The comment could not be sent. What you wrote is kept; please try again in a while.|Your reply|Reply|Cancel|Your browser works for a moment to keep machines out…',
    de: '# neuer Kommentar,# neue Kommentare|Der Kommentar wurde nicht angenommen.|Ändern oder zurückziehen|Was daraus wird|Ihr Kommentar wartet auf die Moderation.|Der Kommentar ließ sich nicht senden. Ihr Text bleibt erhalten; bitte versuchen Sie es später noch einmal.|Ihre Antwort|Antworten|Abbrechen|Ihr Browser rechnet einen Moment, um Maschinen fernzuhalten…',
    ru: '# новый комментарий,# новых комментария,# новых комментариев|Комментарий не принят.|Изменить или отозвать|Что с ним станет|Ваш комментарий ждёт модератора.|Комментарий не удалось отправить. Написанное сохранено; попробуйте позже.|Ваш ответ|Ответить|Отмена|Ваш браузер немного поработает, чтобы не пускать автоматы…',
    es: '# comentario nuevo,# comentarios nuevos|El comentario no se aceptó.|Cambiar o retirar|Ver qué pasa con él|Su comentario espera al moderador.|No se pudo enviar el comentario. Su texto se conserva; inténtelo más tarde.|Su respuesta|Responder|Cancelar|Su navegador trabaja un momento para dejar fuera a las máquinas…',
    zh: '# 条新评论|评论未被接受。|修改或撤回|查看结果|您的评论正在等待版主。|评论未能发送。您写的内容已保留，请稍后再试。|您的回复|回复|取消|您的浏览器正在工作片刻，以阻挡机器……',
  };
  const spoken = document.documentElement.lang.split('-')[0];
  const tongue = words[spoken] ? spoken : 'en';
  const [FRESH, REFUSED, CHANGE, FATE, WAITS, UNSENT, ANSWER, REPLY, CANCEL, WORKS] = words[tongue].split('|');
  const counted = (n) => {
    const forms = FRESH.split(',');
    const at = { one: 0, few: 1 }[new Intl.PluralRules(tongue).select(n)] ?? forms.length - 1;
    return forms[Math.min(at, forms.length - 1)].replace('#', n);
  };

  // Storage may be forbidden; then nothing is kept, and nothing else changes.
  const keep = (key, value) => {
    try {
      if (value) localStorage.setItem(key, value);
      else localStorage.removeItem(key);
    } catch { /* not kept */ }
  };
  const kept = (key) => {
    try { return localStorage.getItem(key) || ''; } catch { return ''; }
  };
  const make = (tag, props, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  const local = (address) => {
    const url = new URL(address, location.href);
    return url.pathname + url.search;
  };
  const read = async (address) => {
    const reply = await fetch(local(address), { headers: { Accept: 'text/html' }, cache: 'no-cache' });
    if (!reply.ok) throw new Error(String(reply.status));
    return new DOMParser().parseFromString(await reply.text(), 'text/html');
  };
  // What became of what was sent from this browser, for its writer alone: the page is the same for everybody. The way
  // to the receipts is in cookies that no script reads; one says that there is something to ask for.
  const own = make('div', {});
  const mine = async () => {
    if (!/(^|; )dateline_receipts=/.test(document.cookie)) return;
    try {
      const reply = await fetch('/receipt', { headers: { Accept: 'application/json' }, cache: 'no-store' });
      const { comments } = await reply.json();
      own.replaceChildren();
      for (const one of comments.filter(({ story }) => story === path)) {
        const link = make('a', { href: local(one.receipt) }, FATE);
        const acts = document.querySelector(`#comment-${one.id} .acts`);
        if (one.state === 'shown' && !one.cut) {
          if (acts && !acts.querySelector('[href^="/receipt/"]')) acts.append(' ', link);
        } else if (one.state !== 'withdrawn') {
          own.append(make('p', { className: 'state' }, `${one.said}. ${one.why} `, link));
        }
      }
    } catch { /* the form leads there, too */ }
  };
  // Whoever is signed in signs with that name; others are not asked about.
  let holder = '';
  const signed = /(^|; )dateline_account=/.test(document.cookie)
    ? fetch('/account/me', { cache: 'no-store' }).then((reply) => reply.json())
      .then(({ name }) => { holder = name || ''; }).catch(() => {})
    : null;
  const depth = (article) => Number((/\bd(\d)\b/.exec(article.className) || [0, 0])[1]);
  const point = (article) => {
    article.classList.add('new');
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: 'nearest' });
  };
  const count = (page) => {
    const there = page.getElementById('comments');
    if (!there) return;
    known = Number(there.dataset.shown);
    if (!('thread' in there.dataset) && !('thread' in talk.dataset)) {
      document.getElementById('said').textContent = page.getElementById('said').textContent;
    }
    fresh.replaceChildren();
  };

  // New comments while the page is read.
  const fresh = make('p', { role: 'status' });
  threads.before(own, fresh);
  mine();
  const tell = (n) => {
    const button = make('button', { type: 'button', className: 'fresh' }, counted(n));
    button.addEventListener('click', load);
    fresh.replaceChildren(button);
  };
  const load = async () => {
    // A later page does not change; what is new stands on the first.
    if (new URLSearchParams(location.search).has('after')) {
      location.assign(`${path}#comments`);
      return;
    }
    try {
      const page = await read(location.href);
      const before = new Set([...threads.querySelectorAll('.comment')].map((c) => c.id));
      const open = threads.querySelector('form.say');
      threads.replaceChildren(...page.getElementById('threads').childNodes);
      count(page);
      mine();
      const added = [...threads.querySelectorAll('.comment')].filter((c) => !before.has(c.id));
      for (const article of added) article.classList.add('new');
      const link = open && threads.querySelector(`#comment-${open.dataset.to} a.reply`);
      if (link) answer(link);
      else (added[0] || document.getElementById('said')).focus();
    } catch {
      location.reload();
    }
  };
  const heard = (shown) => { if (shown > known) tell(shown - known); };
  const ask = async () => {
    if (document.hidden) return;
    try {
      const reply = await fetch(`/api/v1/counts?url=${encodeURIComponent(path)}`);
      const { counts } = await reply.json();
      heard(counts[0].shown);
    } catch { /* the next round will do */ }
  };
  // An open line while the discussion is looked at; where there is none to be had, a question now and then.
  let line, rounds;
  let seen = false;
  const listen = () => {
    if (!seen) return;
    if (document.hidden || rounds) {
      if (line) line.close();
      line = null;
    } else if (!line) {
      line = new EventSource(`${path}/live`);
      line.onmessage = (e) => heard(Number(e.data));
      line.onerror = () => {
        if (line.readyState !== EventSource.CLOSED) return;
        rounds = setInterval(ask, every);
        listen();
      };
    }
  };
  document.addEventListener('visibilitychange', listen);
  // Who reads the story alone asks for nothing more.
  new IntersectionObserver((all, watch) => {
    if (!all.some((each) => each.isIntersecting)) return;
    watch.disconnect();
    seen = true;
    listen();
  }).observe(talk);

  // A comment that was just accepted, at its place.
  const show = async (url, id, to) => {
    const parent = to && document.getElementById(`comment-${to}`);
    const root = parent && parent.closest('.thread').querySelector('.comment').id.slice(8);
    for (const address of parent ? [url, `${path}/comments/${root}`] : [url]) {
      const page = await read(address);
      const article = page.getElementById(`comment-${id}`);
      if (!article) continue;
      count(page);
      if (parent) {
        let last = parent;
        while (last.nextElementSibling && last.nextElementSibling.matches('.comment')
          && depth(last.nextElementSibling) > depth(parent)) last = last.nextElementSibling;
        last.after(article);
      } else {
        threads.prepend(make('div', { className: 'thread' }, article));
      }
      point(article);
      return;
    }
    location.assign(local(url) + new URL(url, location.href).hash);
  };

  const wire = (form) => {
    const field = (name) => form.elements.namedItem(name);
    const alert = form.querySelector('.refusal');
    const button = form.querySelector('.send button');
    const said = make('p', { role: 'status', className: 'state', hidden: true });
    form.querySelector('.send').after(said);
    const to = field('reply_to') ? field('reply_to').value : '';
    const key = `draft ${path} ${to}`;
    if (!field('name').value) field('name').value = kept('name');
    if (!field('text').value) field('text').value = kept(key);
    const sign = () => {
      if (!holder) return;
      field('name').value = holder;
      field('name').readOnly = true;
    };
    sign();
    if (signed) signed.then(sign);
    form.addEventListener('input', () => keep(key, field('text').value));
    const refuse = (words, name) => {
      alert.textContent = words;
      alert.hidden = false;
      for (const each of ['name', 'text']) {
        if (each === name) field(each).setAttribute('aria-invalid', 'true');
        else field(each).removeAttribute('aria-invalid');
      }
      (field(name) || field('text')).focus();
    };
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      alert.hidden = true;
      said.hidden = true;
      button.disabled = true;
      try {
        const body = new URLSearchParams(new FormData(form));
        // Empty: it would work, were it asked to.
        body.set('proof', '');
        let reply, answered;
        for (let tries = 0; tries < 3; tries += 1) {
          reply = await fetch(form.getAttribute('action'), {
            method: 'POST', headers: { Accept: 'application/json' }, body,
          });
          answered = await reply.json();
          if (!answered.challenge) break;
          said.textContent = WORKS;
          said.hidden = false;
          const { solve } = await import(local(answered.challenge.solver));
          body.set('proof', await solve(answered.challenge));
        }
        said.hidden = true;
        if (!reply.ok) {
          refuse(answered.detail || answered.title || REFUSED, answered.field);
          return;
        }
        if (!holder) keep('name', field('name').value);
        keep(key, '');
        refuse('', '');
        alert.hidden = true;
        field('text').value = '';
        if (answered.state === 'shown') {
          if (form.dataset.to) form.remove();
          await show(answered.url, answered.id, to);
          const acts = document.querySelector(`#comment-${answered.id} .acts`);
          if (acts) acts.append(' ', make('a', { href: local(answered.receipt) }, CHANGE));
        } else {
          const link = make('a', { href: local(answered.receipt) }, FATE);
          said.replaceChildren(WAITS, ' ', link);
          said.hidden = false;
          link.focus();
        }
      } catch {
        refuse(UNSENT, 'text');
      } finally {
        button.disabled = false;
      }
    });
  };

  // An answer under the comment that it answers.
  const first = document.getElementById('form');
  const pattern = first && first.cloneNode(true);
  const answer = (link) => {
    const article = link.closest('.comment');
    const id = article.id.slice(8);
    const open = threads.querySelector('form.say');
    if (open && open.dataset.to === id) {
      open.remove();
      return;
    }
    if (open) open.remove();
    const form = pattern.cloneNode(true);
    for (const old of form.querySelectorAll('.parent, [name=reply_to], details')) old.remove();
    form.prepend(make('input', { type: 'hidden', name: 'reply_to', value: id }));
    form.dataset.to = id;
    form.id = 'answer';
    for (const node of form.querySelectorAll('[id]')) node.id += '-2';
    for (const label of form.querySelectorAll('label')) label.htmlFor += '-2';
    const text = form.elements.namedItem('text');
    text.value = '';
    text.setAttribute('aria-describedby', 'refusal-2 terms-2');
    form.elements.namedItem('name').value = '';
    form.setAttribute('aria-label', link.textContent);
    form.querySelector('label[for=text-2]').textContent = ANSWER;
    form.querySelector('.send button').textContent = REPLY;
    const cancel = make('button', { type: 'button', className: 'plain' }, CANCEL);
    cancel.addEventListener('click', () => { form.remove(); link.focus(); });
    form.querySelector('.send').append(' ', cancel);
    article.append(form);
    wire(form);
    (form.elements.namedItem('name').value ? text : form.elements.namedItem('name')).focus();
  };
  if (first) {
    wire(first);
    threads.addEventListener('click', (event) => {
      const link = event.target.closest('a.reply');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      answer(link);
    });
  }
})();
