// One answer on its way to the server. What was typed and is not acknowledged yet lies in the
// browser's storage, so that a lost connection, a reload or a closed lid loses nothing. One
// revision is under way at a time; its id is made here, so that sent twice it is still one.

export class Refused extends Error {}

export class Draft {
  #timer;
  #since;
  #retry = 0;
  #sending = null;

  // send(revision) resolves to {number, at, theirs?}; it rejects with Refused where trying again
  // would not help, and with anything else where it would.
  constructor({ key, base, text, taken, send, store, changed, pause = 800, longest = 4000 }) {
    Object.assign(this, { key, base, text, taken, send, store, changed, pause, longest });
    this.acknowledged = { text, taken };
    this.flight = null;
    this.clash = null;
    this.problem = null;
    this.offline = false;
    this.savedAt = null;
  }

  // Takes up what an earlier page left behind; says whether there was anything.
  restore() {
    const kept = read(this.store, this.key);
    if (!kept) return false;
    if (kept.text === this.text && kept.taken === this.taken) {
      remove(this.store, this.key);
      return false;
    }
    Object.assign(this, { text: kept.text, taken: kept.taken, base: kept.base, flight: kept.flight });
    return true;
  }

  get pending() {
    return this.flight !== null || this.differs;
  }

  get differs() {
    return this.text !== this.acknowledged.text || this.taken !== this.acknowledged.taken;
  }

  type(text, taken) {
    Object.assign(this, { text, taken });
    this.problem = null;
    this.#keep();
    this.#since ??= Date.now();
    const wait = Math.min(this.pause, Math.max(0, this.#since + this.longest - Date.now()));
    this.#later(wait);
    this.changed(this);
  }

  // Sends what is pending, now; resolves when all is acknowledged or it cannot be.
  flush() {
    clearTimeout(this.#timer);
    this.#sending ??= this.#drain().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  // The person decided which words stand: based on what the other one wrote.
  settle(text) {
    this.clash = null;
    this.type(text, this.taken);
    return this.flush();
  }

  async #drain() {
    this.#since = undefined;
    while (this.pending && !this.clash) {
      this.flight ??= { id: newId(), text: this.text, taken: this.taken, base: this.base };
      this.#keep();
      this.changed(this);
      try {
        this.#acknowledge(await this.send(this.flight));
      } catch (problem) {
        this.#failed(problem);
        break;
      }
    }
    this.changed(this);
  }

  #acknowledge({ number, at, theirs }) {
    this.acknowledged = theirs
      ? { text: theirs.text, taken: this.flight.taken }
      : { text: this.flight.text, taken: this.flight.taken };
    this.clash = theirs && theirs.text !== this.text ? theirs : null;
    Object.assign(this, { base: number, savedAt: at, flight: null, offline: false });
    this.#retry = 0;
    this.#keep();
  }

  #failed(problem) {
    if (problem instanceof Refused) {
      this.problem = problem.message;
      return;
    }
    this.offline = true;
    this.#retry = Math.min(this.#retry + 1, 5);
    this.#later(1000 * 2 ** this.#retry);
  }

  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), wait);
  }

  #keep() {
    if (!this.pending) return remove(this.store, this.key);
    const { text, taken, base, flight } = this;
    try {
      this.store?.setItem(this.key, JSON.stringify({ text, taken, base, flight }));
    } catch {
      // The storage is full or closed: the words are still in the field, and still sent.
    }
  }
}

function read(store, key) {
  try {
    return JSON.parse(store?.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function remove(store, key) {
  try {
    store?.removeItem(key);
  } catch {
    // Nothing was kept, then.
  }
}

// crypto.randomUUID is missing where the page did not come over HTTPS.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
