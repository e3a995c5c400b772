// The moderators' queue: keys, rulings that are sent while the next comment is looked at, what arrives meanwhile,
// and who else looks at what. Everything works without it.
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
  // A comment in focus for so long is being looked at; the others are told, again and again while it is.
  const DWELL = 700;
  const AGAIN = 30000;

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
    if (!row || row.parentElement !== list) return;
    here = row;
    dwell(row);
  });

  // ---- The others are told which comment is being looked at.

  const lookedAt = (row, words) => {
    const said = $('.said-by', row);
    if (!said) return;
    $('.looked-at', said)?.remove();
    if (!words) return;
    const line = document.createElement('p');
    line.className = 'looked-at';
    line.textContent = words;
    said.prepend(line);
  };
  let dwelling;
  let told;
  async function tell(row) {
    if (here !== row || !row.isConnected || document.hidden) return;
    told = row;
    try {
      const body = new URLSearchParams({ csrf: $('[name=csrf]', row)?.value ?? '' });
      const reply = await fetch(`/desk/comments/${row.id.slice(2)}/look`, { method: 'POST', body, redirect: 'error' });
      if (!reply.ok) return;
      const { by } = await reply.json();
      lookedAt(row, by ? `${by} is looking at this one.` : '');
    } catch {
      return;
    }
    if (here === row) dwelling = setTimeout(() => tell(row), AGAIN);
  }
  function dwell(row) {
    if (row === told && here === told && dwelling) return;
    clearTimeout(dwelling);
    told = null;
    if ($('[name=csrf]', row)) dwelling = setTimeout(() => tell(row), DWELL);
  }
  if (location.hash.startsWith('#c-')) look(rows().find((row) => '#' + row.id === location.hash));

  // ---- Rulings go on their way while the next row is looked at; one that is refused comes back.

  const SAYS = { show: 'Shown', remove: 'Removed', cut: 'Passage cut', hold: 'Held', warn: 'Writer warned', doubt: 'Second opinion asked for', leave: 'Left shown' };
  // These leave the comment where it is, to be decided.
  const BESIDE = { tip: 'Passed on to the editors', discussion: 'Discussion set' };
  const UNDONE = ['show', 'remove', 'cut', 'hold', 'warn'];
  const ended = new Set();
  const underway = new Set();
  // Which ruling is taken back: that which stands offered, and none before it.
  const undoOf = undoLast && $('[name=of]', undoLast);
  const ruled = undoOf?.value ? [undoOf.value] : [];
  // What is sent is no longer typed: the page may be left.
  const forget = (row) => $$('form[data-keep]', row).forEach((form) => {
    store(() => localStorage.removeItem('desk:typed:' + form.dataset.keep));
    form.reset();
  });

  const why = (html) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    const refused = $('.refused', page);
    const said = refused ? [refused] : $$('main > p:not(.acts)', page);
    return said.map((one) => one.textContent.trim().replace(/\s+/g, ' ')).join(' ') || 'It was refused.';
  };

  const bring = (row, next, line, words) => {
    line.remove();
    ended.delete(row.id);
    if (next?.isConnected) next.before(row); else list.append(row);
    complain(row, words);
    empty();
  };

  const complain = (row, words) => {
    const note = document.createElement('p');
    note.className = 'refused';
    note.setAttribute('role', 'alert');
    note.textContent = words;
    $(':scope > .refused', row)?.remove();
    row.prepend(note);
  };

  const send = async (form, row, act) => {
    const body = new URLSearchParams(new FormData(form));
    body.set('stays', 'on');
    const name = $('.name', row)?.textContent ?? '';
    const next = row.nextElementSibling;
    const line = document.createElement('li');
    line.textContent = `${SAYS[act]}: ${name}`;
    line.className = 'sending';
    const mark = row.id.slice(2);
    if (UNDONE.includes(act)) ruled.push(mark);
    const untaken = () => {
      if (UNDONE.includes(act)) ruled.splice(ruled.lastIndexOf(mark), 1);
    };
    const failed = (words) => {
      untaken();
      bring(row, next, line, words);
    };
    const focus = here === row;
    const onward = next ?? row.previousElementSibling;
    ended.add(row.id);
    row.remove();
    settled.prepend(line);
    $$(':scope > li', settled).slice(SETTLED).forEach((old) => old.remove());
    if (focus) look(onward);
    empty();
    let already = false;
    try {
      // Done answers with the way on, which is not taken; nothing where it was so already; anything else is a page
      // that says why not.
      const reply = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
      already = reply.status === 204;
      if (!already && reply.type !== 'opaqueredirect') return failed(why(await reply.text()));
    } catch {
      return failed('It could not be sent: the connection failed. Try again.');
    }
    line.classList.remove('sending');
    forget(row);
    if (already) untaken();
    else if (undoLast && UNDONE.includes(act)) {
      $('button', undoLast).textContent = 'Undo the last ruling';
      undoLast.hidden = false;
    }
    if (rows().length < FEW) await arrive();
  };

  // What is done beside a ruling: the row stays, and its field closes.
  const beside = async (form, row, act) => {
    const body = new URLSearchParams(new FormData(form));
    const line = document.createElement('li');
    line.textContent = `${BESIDE[act]}: ${act === 'tip' ? $('.name', row)?.textContent : $('.story', row)?.textContent}`;
    line.className = 'sending';
    settled.prepend(line);
    look(row);
    let words = 'It could not be sent: the connection failed. Try again.';
    try {
      const reply = await fetch(form.action, { method: 'POST', body, redirect: 'manual' });
      words = reply.type === 'opaqueredirect' ? '' : why(await reply.text());
    } catch {
      // As said above.
    }
    if (words) {
      line.remove();
      return complain(row, words);
    }
    line.classList.remove('sending');
    $(':scope > .refused', row)?.remove();
    const details = form.closest('details');
    if (act === 'discussion') {
      const now = $('select', form).value;
      const same = rows().map((one) => $('details.thread form', one)).filter((one) => one?.action === form.action);
      for (const one of same) {
        $('select', one).value = now;
        $('summary', one.closest('details')).textContent = `Discussion: ${$(`option[value="${now}"]`, one).textContent}`;
      }
    } else {
      store(() => localStorage.removeItem('desk:typed:' + form.dataset.keep));
      form.reset();
    }
    details.open = false;
    return undefined;
  };

  document.addEventListener('submit', (event) => {
    const form = event.target;
    const row = form.closest('.row');
    const act = /^\/desk\/(?:comments|stories)\/\d+\/(\w+)$/.exec(new URL(form.action, location.href).pathname)?.[1];
    if (!row || row.parentElement !== list) return;
    const way = Object.hasOwn(SAYS, act) ? send : Object.hasOwn(BESIDE, act) ? beside : null;
    if (!way) return;
    event.preventDefault();
    const sent = way(form, row, act).finally(() => underway.delete(sent));
    underway.add(sent);
  });
  // To take back the last ruling waits until that ruling has arrived.
  undoLast?.addEventListener('submit', async (event) => {
    event.preventDefault();
    await Promise.all(underway);
    undoOf.value = ruled.at(-1) ?? '';
    undoLast.submit();
  });
  addEventListener('beforeunload', (event) => { if (underway.size) event.preventDefault(); });

  const empty = () => {
    const none = $('.empty[data-now]');
    if (rows().length) {
      const had = none && document.activeElement === none;
      none?.remove();
      if (had) look(rows()[0]);
      return undefined;
    }
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
      const alarm = $('#alarm', page);
      const known = $('#alarm');
      if (alarm && known && alarm.textContent !== known.textContent) {
        known.textContent = alarm.textContent;
        known.hidden = alarm.hidden;
      }
      if (fresh.length && !$('#bulk') && $('#bulk', page)) {
        settled.after(document.importNode($('#bulk', page), true));
        offerAll();
      }
      let before = null;
      for (const row of fresh) {
        const known = document.getElementById(row.id);
        if (known) {
          before = known;
          lookedAt(known, $('.looked-at', row)?.textContent);
        }
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

  // ---- All at once.

  const tickAll = () => {
    const ticks = $$('[name=tick]', list ?? document);
    const all = ticks.every((tick) => tick.checked);
    ticks.forEach((tick) => { tick.checked = !all; });
  };
  const offerAll = () => {
    const all = $('[data-all]');
    if (all) all.hidden = false;
  };
  offerAll();
  document.addEventListener('click', (event) => { if (event.target.closest('[data-all]')) tickAll(); });

  // ---- Keys.

  const press = (act) => () => $(`[data-act=${act}]`, here)?.click();
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    s: press('show'),
    h: press('hold'),
    f: press('feature'),
    p: press('pin'),
    l: press('close'),
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
    n: () => {
      const more = $('details.more', here);
      if (!more) return;
      more.open = true;
      $('[data-act=tip]', more).focus();
    },
    t: () => {
      const thread = $('details.thread', here);
      if (!thread) return;
      thread.open = true;
      $('select', thread).focus();
    },
    a: () => tickAll(),
    u: () => undoLast && !undoLast.hidden && $('button', undoLast).click(),
    x: () => $('[name=tick]', here)?.click(),
    '?': () => help.showModal(),
  };
  const OF_A_ROW = 'srxchofplwnt';
  document.addEventListener('keydown', (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || !on.checked) return;
    if (key === 'Enter' && ['remove', 'mode'].includes(target.dataset.act) && target.value) {
      event.preventDefault();
      target.form.requestSubmit();
      return;
    }
    if (key === 'Escape' && target.closest('.rulings, .thread')) {
      look(here);
      return;
    }
    if (target.matches('input:not([type=checkbox]), select, textarea') || !Object.hasOwn(keys, key)) return;
    if (OF_A_ROW.includes(key) && !here?.isConnected) return;
    event.preventDefault();
    keys[key]();
  });
})();
