// Signs in with a passkey, and adds one. Without it the desk is opened by passwords, and a reader's account in its
// other ways. A form may say in `data-words` what is told in another language, by the name of what went wrong.
'use strict';
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const [door, maker] = [$('#door'), $('#new-passkey')];
  const form = door ?? maker;
  if (!form) return;
  const own = JSON.parse(form.dataset.words ?? '{}');
  const none = (words) => {
    const note = $('#no-passkey');
    if (note) { note.textContent = words; note.hidden = false; }
  };
  // Browsers keep passkeys for one name: here they would refuse.
  if (location.origin !== form.dataset.origin) {
    return none(own.elsewhere ?? `Passkeys of this paper are kept for ${form.dataset.origin}. Open the desk there to add one.`);
  }
  if (!window.PublicKeyCredential) return none(own.unknown ?? 'This browser knows no passkeys.');

  const bytes = (word) => Uint8Array.from(atob(word.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const word = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const say = (form, words) => { $('.fault[role=alert]', form).textContent = words; };

  // A question from the paper, its bytes as the browser wants them. Whoever makes an account hears now of a name that
  // cannot be had: the device would keep the passkey.
  const ask = async (form) => {
    const answer = await fetch(form.dataset.ask, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(form === maker ? new FormData(form) : { csrf: form.elements.csrf?.value ?? '' }),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.detail ?? own.no_answer ?? 'The paper gave no answer. Please load the page again.');
    said.challenge = bytes(said.challenge);
    if (said.user) said.user.id = bytes(said.user.id);
    said.excludeCredentials?.forEach((other) => { other.id = bytes(other.id); });
    return said;
  };

  // The answer goes as the form would, so that whatever comes of it is a page.
  const send = (form, path, answer) => {
    const field = document.createElement('input');
    field.type = 'hidden';
    field.name = 'passkey';
    field.value = JSON.stringify({ ...answer, clientExtensionResults: {}, type: 'public-key' });
    form.append(field);
    form.action = path;
    form.submit();
  };

  const why = (error) => own[error.name] ?? ({
    NotAllowedError: 'The passkey was not used: it was cancelled, or took too long.',
    InvalidStateError: 'This device has a passkey of yours already.',
    SecurityError: 'The browser refuses passkeys at this address.',
    NotSupportedError: 'This device cannot keep a passkey for this paper.',
  })[error.name] ?? error.message;

  const enter = ({ rawId, response }) => send(door, door.dataset.passkey, {
    id: word(rawId),
    authenticatorData: word(response.authenticatorData),
    clientDataJSON: word(response.clientDataJSON),
    signature: word(response.signature),
    userHandle: word(response.userHandle),
  });

  if (door) {
    const choice = $('#with-passkey');
    choice.hidden = false;
    let waiting = new AbortController();
    // Where the browser can, it offers passkeys while the name is typed. A question lasts five minutes.
    const offer = async () => {
      if (!$('[autocomplete~=webauthn]') || !await PublicKeyCredential.isConditionalMediationAvailable?.()) return;
      const { signal } = waiting;
      const again = setTimeout(() => {
        waiting.abort();
        waiting = new AbortController();
        if (!document.hidden) return offer();
        document.addEventListener('visibilitychange', offer, { once: true });
      }, 24e4);
      signal.addEventListener('abort', () => clearTimeout(again));
      try {
        enter(await navigator.credentials.get({ publicKey: await ask(door), mediation: 'conditional', signal }));
      } catch { /* The button says what is wrong. */ }
    };
    $('button', choice).addEventListener('click', async () => {
      say(door, '');
      waiting.abort();
      try {
        enter(await navigator.credentials.get({ publicKey: await ask(door) }));
      } catch (error) {
        say(door, why(error));
        waiting = new AbortController();
        offer();
      }
    });
    offer();
  }
  if (maker) {
    maker.hidden = false;
    maker.addEventListener('submit', async (event) => {
      event.preventDefault();
      say(maker, '');
      try {
        const { response } = await navigator.credentials.create({ publicKey: await ask(maker) });
        send(maker, maker.action, {
          attestationObject: word(response.attestationObject),
          clientDataJSON: word(response.clientDataJSON),
          transports: [],
        });
      } catch (error) {
        say(maker, why(error));
      }
    });
  }
})();
