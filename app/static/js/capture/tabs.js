// The pages of one person in one browser: they tell each other that something was sent, and take
// turns in sending.

const PATIENCE = 5000;

export class Tabs {
  // heard(message) is called with what another page of this person said.
  constructor(user, page, heard) {
    this.user = user;
    this.page = page;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(`because.${user}`) : null;
    if (this.channel) this.channel.onmessage = ({ data }) => heard(data);
    this.isKnown = this.#liveOn();
  }

  // Held for as long as this page lives, so that others know whose words are still cared for.
  // Resolves once they do: what is kept before that, they would take up.
  #liveOn() {
    if (!navigator.locks) return Promise.resolve();
    return new Promise((known) => {
      const live = () => {
        known();
        return new Promise(() => {});
      };
      navigator.locks.request(this.#nameOf(this.page), live).catch(known);
    });
  }

  say(message) {
    this.channel?.postMessage({ page: this.page, ...message });
  }

  // Of these pages, those that are no more. Without locks that cannot be known: their words are
  // then taken up while they live, which does no harm, for the same words sent twice are one.
  async ended(pages) {
    if (!navigator.locks) return pages;
    const { held } = await navigator.locks.query();
    const alive = new Set(held.map((lock) => lock.name));
    return pages.filter((page) => !alive.has(this.#nameOf(page)));
  }

  // One page sends at a time; one that hangs holds up the others for a moment only.
  inTurn(action) {
    return this.#oneAtATime("send", action);
  }

  // One page takes up words at a time.
  alone(action) {
    return this.#oneAtATime("take", action);
  }

  async #oneAtATime(what, action) {
    if (!navigator.locks) return action();
    let began = false;
    const once = () => {
      began = true;
      return action();
    };
    try {
      return await navigator.locks.request(
        `because.${what}.${this.user}`,
        { signal: AbortSignal.timeout(PATIENCE) },
        once,
      );
    } catch (problem) {
      if (began) throw problem;
      return action();
    }
  }

  #nameOf(page) {
    return `because.page.${page}`;
  }
}
