// The moderators' queue: keys, rulings that are sent while the next comment is looked at, and what arrives
// meanwhile. Everything works without it.
'use strict';
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const store = (act) => { try { return act(); } catch { return null; } };
  const help = $('#keys');
  if (!help) return;
  const list = $('ol[data-live]');
  const settled = $('#settled');
  const undoLast = $('[data-undo]');
  // Between two looks at what arrived, in milliseconds.
  const LOOK = 5000;
  // With fewer left the next are fetched at once.
  const FEW = 8;
  const SETTLED = 5;

  const on = $('#keys-on');
  on.checked = store(() => localStorage.getItem('desk:keys')) !== 'off';
  on.addEventListener('change', () => store(() => localStorage.setItem('desk:keys', on.checked ? 'on' : 'off')));
  const opener = $('[data-keys]');
  opener.hidden = false;
  opener.addEventListener('click', () => help.showModal());

  // ---- The row that is looked at.

  const rows = () => list ? $$(':scope > .row', list) : [];
  let here = null;
  const look = (row) => {
    here = row ?? null;
    if (!here) return;
    here.focus();
    here.scrollIntoView({ block: 'nearest' });
  };
  const step = (by) => {
    const all = rows();
    const at = here ? all.indexOf(here) + by : 0;
    look(all[Math.max(0, Math.min(all.length - 1, at))]);
  };
  document.addEventListener('focusin', (event) => {
    const row = event.target.closest('.row');
    if (row && row.parentElement === list) here = row;
  });
  if (location.hash.startsWith('#c-')) look(rows().find((row) => '#' + row.id === location.hash));

  // ---- Rulings go on their way while the next row is looked at; one that is refused comes back.

  const SAYS = { show: 'Shown', remove: 'Removed', cut: 'Passage cut', hold: 'Held', warn: 'Writer warned', doubt: 'Second opinion asked for' };
  const ended = new Set();
  const underway = new Set();
  // What is sent is no longer typed: the page may be left.
  const forget = (row) => $$('form[data-keep]', row).forEach((form) => {
    store(() => localStorage.removeItem('desk:typed:' + form.dataset.keep));
    form.reset();
  });

  const why = (html) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const said = $('.refused', page) ?? $('main', page);
    return said?.textContent.trim().replace(/\s+/g, ' ') || 'It was refused.';
  };

  const bring = (row, next, line, words) => {
    line.remove();
    ended.delete(row.id);
    if (next?.isConnected) next.before(row); else list.append(row);
    const note = document.createElement('p');
    note.className = 'refused';
    note.setAttribute('role', 'alert');
    note.textContent = words;
    $(':scope > .refused', row)?.remove();
    row.prepend(note);
    empty();
  };

  const send = async (form, row, act) => {
    const body = new URLSearchParams(new FormData(form));
    const name = $('.name', row)?.textContent ?? '';
    const next = row.nextElementSibling;
    const line = document.createElement('li');
    line.textContent = `${SAYS[act]}: ${name}`;
    line.className = 'sending';
    const focus = here === row;
    const onward = next ?? row.previousElementSibling;
    ended.add(row.id);
    row.remove();
    settled.prepend(line);
    $$(':scope > li', settled).slice(SETTLED).forEach((old) => old.remove());
    if (focus) look(onward);
    empty();
    try {
      // Done answers with the way on, which is not taken; anything else is a page that says why not.
      const reply = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
      if (reply.type !== 'opaqueredirect') return bring(row, next, line, why(await reply.text()));
    } catch {
      return bring(row, next, line, 'It could not be sent: the connection failed. Try again.');
    }
    line.classList.remove('sending');
    forget(row);
    if (undoLast && act !== 'doubt') {
      undoLast.action = `/desk/comments/${row.id.slice(2)}/undo`;
      undoLast.hidden = false;
    }
    if (rows().length < FEW) await arrive();
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    const row = form.closest('.row');
    const act = /^\/desk\/comments\/\d+\/(\w+)$/.exec(new URL(form.action, location.href).pathname)?.[1];
    if (!row || row.parentElement !== list || !Object.hasOwn(SAYS, act)) return;
    event.preventDefault();
    const sent = send(form, row, act).finally(() => underway.delete(sent));
    underway.add(sent);
  });
  // To take back the last ruling waits until that ruling has arrived.
  undoLast?.addEventListener('submit', async (event) => {
    if (!underway.size) return;
    event.preventDefault();
    await Promise.all(underway);
    undoLast.submit();
  });
  addEventListener('beforeunload', (event) => { if (underway.size) event.preventDefault(); });

  const empty = () => {
    const none = $('.empty[data-now]');
    if (rows().length) return none?.remove();
    if (none || !list) return undefined;
    const said = document.createElement('p');
    said.className = 'empty';
    said.dataset.now = '';
    said.tabIndex = -1;
    said.textContent = 'That was the last one here.';
    list.after(said);
    said.focus();
    return undefined;
  };

  // ---- What arrives, and what others have decided.

  let looking = false;
  async function arrive() {
    if (!list || looking) return;
    looking = true;
    try {
      const reply = await fetch(location.pathname + location.search.replace(/([?&])said=[^&]*&?/, '$1'), { redirect: 'error' });
      if (!reply.ok) return;
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
      const fresh = $$('ol[data-live] > .row', page);
      $$('.tabs .count').forEach((count, at) => {
        const now = $$('.tabs .count', page)[at]?.textContent;
        if (now !== undefined) count.textContent = now;
      });
      let before = null;
      for (const row of fresh) {
        const known = document.getElementById(row.id);
        if (known) before = known;
        else if (!ended.has(row.id)) {
          const mine = document.importNode(row, true);
          if (before) before.after(mine); else list.prepend(mine);
          before = mine;
        }
      }
      // Decided elsewhere: not there any more, though something that stands after it is.
      const last = fresh.at(-1) && document.getElementById(fresh.at(-1).id);
      for (const row of rows()) {
        const behind = last && (last.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_PRECEDING);
        if ((behind || !fresh.length) && !fresh.some((one) => one.id === row.id)) {
          const note = $(':scope > .refused', row) ?? document.createElement('p');
          note.className = 'refused';
          note.textContent = 'Decided by somebody else meanwhile.';
          row.prepend(note);
          $$('button, select, input, textarea', row).forEach((field) => { field.disabled = true; });
        }
      }
      empty();
    } catch {
      // The next look will tell.
    } finally {
      looking = false;
    }
  }
  setInterval(() => { if (!document.hidden && !underway.size) arrive(); }, LOOK);

  // ---- Keys.

  const press = (act) => () => $(`[data-act=${act}]`, here)?.click();
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    s: press('show'),
    h: press('hold'),
    f: press('feature'),
    p: press('pin'),
    w: press('writer'),
    r: () => $('[data-act=remove]', here)?.focus(),
    c: () => {
      const cut = $('details.cut', here);
      if (!cut) return;
      cut.open = true;
      $('textarea', cut).select();
    },
    o: () => {
      const more = $('details.more', here);
      if (!more) return;
      more.open = true;
      $('input:not([type=hidden])', more).focus();
    },
    u: () => undoLast && !undoLast.hidden && $('button', undoLast).click(),
    x: () => $('[name=tick]', here)?.click(),
    '?': () => help.showModal(),
  };
  const OF_A_ROW = 'srxchofpw';
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || !on.checked) return;
    if (key === 'Enter' && target.dataset.act === 'remove' && target.value) {
      event.preventDefault();
      target.form.requestSubmit();
      return;
    }
    if (key === 'Escape' && target.closest('.rulings')) {
      look(here);
      return;
    }
    if (target.matches('input:not([type=checkbox]), select, textarea') || !Object.hasOwn(keys, key)) return;
    if (OF_A_ROW.includes(key) && !here?.isConnected) return;
    event.preventDefault();
    keys[key]();
  });
})();
