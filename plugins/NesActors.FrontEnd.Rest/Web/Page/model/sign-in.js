import { Api } from '../api/api.js';

/**
 * Who is signed in. The token is kept for this tab and until it is closed, never in an address, and never where other pages of the browser find it.
 *
 * @typedef {object} SignedIn
 * @property {string} token
 * @property {string} [id] of a token that was made for this tab alone: it is revoked at the end
 */

const [TOKEN, TOKEN_ID] = ['nes.token', 'nes.token-id'];

/** @returns {SignedIn | null} */
export function remembered() {
  const token = sessionStorage.getItem(TOKEN);
  return token ? { token, id: sessionStorage.getItem(TOKEN_ID) ?? undefined } : null;
}

/** @param {SignedIn} signedIn */
export function remember(signedIn) {
  forget();
  sessionStorage.setItem(TOKEN, signedIn.token);
  if (signedIn.id) sessionStorage.setItem(TOKEN_ID, signedIn.id);
}

export function forget() {
  sessionStorage.removeItem(TOKEN);
  sessionStorage.removeItem(TOKEN_ID);
}

/** Takes the code of a sign-in link out of the address, and out of the history of the tab, before anything else is done.
 * @returns {string | null} */
export function takeCode() {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  return code;
}

/** Exchanges a code for a token, which works once.
 * @param {string} code
 * @returns {Promise<SignedIn>} */
export async function exchange(code) {
  const { secret, token } = await Api.signIn(code);
  return { token: secret, id: token.id };
}
