// A virtual security key in a page's browser, and what somebody on another site could do with it.

/** The same paper under the name for which browsers keep passkeys at home. */
export const byName = (paper) => ({ ...paper, url: paper.url.replace('127.0.0.1', 'localhost') });

/** A browser that offers nothing by itself: else its virtual key would answer before the button is pressed. */
export const unasked = 'if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false;';

/** A key in this page's browser, whose holder touches it when asked. */
export async function securityKey(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const add = () => cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  let { authenticatorId } = await add();
  return {
    verified: (isUserVerified) => cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    kept: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    keep: (credential) => cdp.send('WebAuthn.addCredential', { authenticatorId, credential }),
    forget: (credentialId) => cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId }),
    /** Another device in its place. */
    change: async () => {
      await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
      ({ authenticatorId } = await add());
    },
  };
}

/** What the page's key answers to a question that was put on another page: the browser writes down where it was. */
export const answeredHere = (page, question) => page.evaluate(async (question) => {
  const bytes = (word) => Uint8Array.from(atob(word.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
  const word = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const { rawId, response } = await navigator.credentials.get({
    publicKey: { challenge: bytes(question), rpId: 'localhost', userVerification: 'required' },
  });
  return JSON.stringify({
    id: word(rawId), authenticatorData: word(response.authenticatorData), clientDataJSON: word(response.clientDataJSON),
    signature: word(response.signature), userHandle: word(response.userHandle), clientExtensionResults: {}, type: 'public-key',
  });
}, question);
