// Keeps what is typed at the desk until the server has it. Everything works without it.
'use strict';
(() => {
  const PREFIX = 'desk:typed:';
  const DAYS = 14;
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  // Storage may be forbidden or full; then the desk works as it does without script.
  const store = (act) => { try { return act(); } catch { return null; } };

  // ---- What is typed is kept until the server has it.

  const forms = $$('form[data-keep]');
  const keyOf = (form) => PREFIX + form.dataset.keep;
  const fieldsOf = (form) => [...form.elements].filter((e) =>
    e.name && !e.disabled && !['hidden', 'password', 'submit', 'button'].includes(e.type));
  const ticks = (e) => e.type === 'checkbox' || e.type === 'radio';
  const nameOf = (e) => e.type === 'radio' ? `${e.name}=${e.value}` : e.name;
  const valueOf = (e) => ticks(e) ? e.checked : e.value;
  const read = (form) => Object.fromEntries(fieldsOf(form).map((e) => [nameOf(e), valueOf(e)]));
  const flat = (value) => typeof value === 'string' ? value.replace(/\r\n/g, '\n') : value;
  const first = new Map(forms.map((form) => [form, read(form)]));
  const changed = (form) => refused(form) || fieldsOf(form).some((e) => flat(valueOf(e)) !== flat(first.get(form)[nameOf(e)]));
  let sending = false;

  // A page that says what was done confirms the form that was sent before it; a refusal shows its words again.
  const sent = store(() => sessionStorage.getItem('desk:sent'));
  const done = Boolean($('[data-done]'));
  const refused = (form) => !done && sent === keyOf(form) && Boolean($('.refused'));
  if (sent && done) store(() => localStorage.removeItem(sent));
  // At the door the form is still on its way: it is sent on from there.
  if (!$('body.door')) store(() => sessionStorage.removeItem('desk:sent'));
  store(() => Object.keys(localStorage).filter((k) => k.startsWith(PREFIX)).forEach((k) => {
    const kept = JSON.parse(localStorage.getItem(k));
    if (!(Date.now() - kept.at < DAYS * 864e5)) localStorage.removeItem(k);
  }));

  const keep = (form) => store(() => changed(form)
    ? localStorage.setItem(keyOf(form), JSON.stringify({
      at: Date.now(), edition: $('[name=edition]', form)?.value, fields: read(form),
    }))
    : localStorage.removeItem(keyOf(form)));

  const tell = (form, words, acts) => {
    const note = document.createElement('p');
    note.className = 'kept';
    note.setAttribute('role', 'status');
    note.append(words + ' ');
    for (const [label, act] of acts) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', () => { act(); note.remove(); });
      note.append(button, ' ');
    }
    form.before(note);
  };

  const put = (form, fields) => fieldsOf(form).forEach((e) => {
    const value = fields[nameOf(e)];
    if (value === undefined) return;
    if (ticks(e)) e.checked = value; else e.value = value;
  });

  const restore = (form) => {
    const kept = store(() => JSON.parse(localStorage.getItem(keyOf(form))));
    if (!kept?.fields) return;
    const now = read(form);
    const differs = Object.entries(kept.fields).some(([n, v]) => n in now && flat(now[n]) !== flat(v));
    if (!differs || refused(form)) return;
    const edition = $('[name=edition]', form);
    const fresh = edition?.value;
    put(form, kept.fields);
    form.closest('details')?.setAttribute('open', '');
    // Saving must compare with what the typing began from.
    if (edition && kept.edition) edition.value = kept.edition;
    const at = new Date(kept.at).toLocaleString();
    const moved = fresh && kept.edition && fresh !== kept.edition
      ? ' The story was changed since; Save will show both texts.' : '';
    tell(form, `What you typed until ${at} was not saved. It is put back below.${moved}`, [['Drop it', () => {
      put(form, now);
      if (edition) edition.value = fresh;
      store(() => localStorage.removeItem(keyOf(form)));
    }]]);
  };

  for (const form of forms) {
    restore(form);
    let waiting;
    form.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(form), 300);
    });
    form.addEventListener('change', () => keep(form));
  }
  document.addEventListener('submit', (event) => {
    // What the queue sends by itself does not leave the page.
    if (event.target.method === 'dialog' || event.defaultPrevented) return;
    sending = true;
    const form = event.target;
    if (!form.dataset.keep) return;
    keep(form);
    store(() => sessionStorage.setItem('desk:sent', keyOf(form)));
  });
  $$('[data-forget]').forEach((link) => link.addEventListener('click', () => {
    sending = true;
    store(() => localStorage.removeItem(PREFIX + link.dataset.forget));
  }));
  addEventListener('pagehide', () => forms.forEach((form) => changed(form) && keep(form)));
  addEventListener('pageshow', () => { sending = false; });
  addEventListener('beforeunload', (event) => {
    if (!sending && forms.some(changed)) event.preventDefault();
  });

  const copy = $('#copy');
  if (copy) addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault();
      const save = $('.state button:not([formaction])', copy);
      if (save) copy.requestSubmit(save);
    }
  });
  $('#faults')?.focus();
})();
