// The server as the capture page speaks with it. The token that proves a request ours is fetched
// again whenever the server does not know it any more.
import { csrfToken } from "../requests.js";

const LONGEST_ANSWER = 15_000;

// Nobody is signed in here: signing in goes on with what waits.
export class SignedOut extends Error {}

// Somebody else is signed in here than whose words these are.
export class SomebodyElse extends Error {}

// Trying again would not help: the interview is gone, closed, or not this person's any more.
export class NotAllowed extends Error {}

export class Server {
  #token = csrfToken();

  constructor(address, user) {
    this.address = address;
    this.user = user;
  }

  ask(about) {
    const asked = Object.entries({ ...about, as: this.user }).filter(([, value]) => value !== null);
    return this.#answer(`${this.address}?${new URLSearchParams(asked)}`, {});
  }

  async send(body, { keepalive = false } = {}) {
    const sent = JSON.stringify({ ...body, as: this.user });
    this.#token ||= (await this.session()).token;
    const request = () => this.#answer(this.address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": this.#token },
      body: sent,
      keepalive: keepalive && sent.length < 60_000,
    });
    try {
      return await request();
    } catch (problem) {
      if (!(problem instanceof OldToken)) throw problem;
      await this.renew();
      return request();
    }
  }

  // Who is signed in, with a fresh token.
  async session() {
    return this.#answer("/session", {});
  }

  async renew() {
    const { user, token } = await this.session();
    if (user === null) throw new SignedOut();
    if (user !== this.user) throw new SomebodyElse();
    this.#token = token;
  }

  async #answer(address, { headers = {}, ...options }) {
    const response = await fetch(address, {
      ...options,
      headers: { Accept: "application/json", ...headers },
      signal: options.keepalive ? undefined : AbortSignal.timeout(LONGEST_ANSWER),
      cache: "no-store",
    });
    if (response.ok) return response.json();
    if (response.status === 400) throw new OldToken();
    if (response.status === 401) throw new SignedOut();
    if (response.status === 409) throw new SomebodyElse();
    if ([403, 404, 410, 422].includes(response.status)) throw new NotAllowed();
    throw new Error(`${response.status} ${response.statusText}`);
  }
}

class OldToken extends Error {}
