// What this device keeps: one database per person, so that nobody sees or sends another's words.
// Keys are lists, such as ["draft", interview, question, page]. Words lie in localStorage first, for
// a page that ends takes a write to the database with it that has not begun yet. Where the browser
// refuses a database, localStorage keeps everything.

const STORE = "kept";
const NAME = "because.words.";
// What was typed or done here, and nowhere else: all else can be had from the server again.
const IRREPLACEABLE = ["draft", "change", "refused"];
// Other pages let go of the database when it is deleted; one that hangs is not waited for.
const LONGEST_CLEARING = 3000;

export async function openStore(user) {
  const shelf = new Shelf(user);
  try {
    return new Store(await database(user), shelf);
  } catch {
    return new PlainStore(shelf);
  }
}

// The answers and other changes that the server does not have yet: [[key, value], ...].
export async function waitingIn(store) {
  return [...(await store.all("draft")), ...(await store.all("change"))];
}

// Forget everything that is kept for this person.
export async function clearStore(user) {
  new Shelf(user).clear();
  await new Promise((done) => {
    try {
      const request = indexedDB.deleteDatabase(NAME + user);
      request.onsuccess = request.onerror = done;
      setTimeout(done, LONGEST_CLEARING);
    } catch {
      done();
    }
  });
}

function database(user) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME + user, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
    request.onsuccess = () => {
      // Signing out in another tab deletes the database, and must not wait for this page.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}

class Store {
  isLasting = true;

  constructor(opened, shelf) {
    this.database = opened;
    this.shelf = shelf;
  }

  // Everything whose key begins with these parts: [[key, value], ...].
  async all(...prefix) {
    const range = IDBKeyRange.bound(prefix, [...prefix, []]);
    const store = this.database.transaction(STORE).objectStore(STORE);
    const [keys, values] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
    const found = new Map(keys.map((key, index) => [JSON.stringify(key), values[index]]));
    if (IRREPLACEABLE.includes(prefix[0])) {
      for (const [key, value] of this.shelf.all(prefix)) found.set(JSON.stringify(key), value);
    }
    return inOrder(found);
  }

  async get(key) {
    return done(this.database.transaction(STORE).objectStore(STORE).get(key));
  }

  // Both or neither. What cannot be had again is kept before this returns.
  write({ put = [], remove = [] }) {
    const kept = put.filter(([[what]]) => IRREPLACEABLE.includes(what));
    const left = kept.map(([key, value]) => [key, this.shelf.put(key, value)]);
    for (const key of remove) this.shelf.remove(key);
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(STORE, "readwrite");
      const store = transaction.objectStore(STORE);
      for (const [key, value] of put) store.put(value, key);
      for (const key of remove) store.delete(key);
      transaction.oncomplete = () => {
        for (const [key, words] of left) this.shelf.remove(key, words);
        resolve();
      };
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
      transaction.commit?.();
    });
  }
}

class PlainStore {
  isLasting = true;
  #memory;

  constructor(shelf) {
    this.shelf = shelf;
    this.#memory = new Map(shelf.all([]).map(([key, value]) => [JSON.stringify(key), value]));
  }

  async all(...prefix) {
    return inOrder(this.#memory).filter(([key]) => begins(key, prefix));
  }

  async get(key) {
    return this.#memory.get(JSON.stringify(key));
  }

  async write({ put = [], remove = [] }) {
    for (const [key, value] of put) {
      this.#memory.set(JSON.stringify(key), value);
      // Full, or closed to us: the words are in the field, and are still sent.
      if (this.shelf.put(key, value) === null) this.isLasting = false;
    }
    for (const key of remove) {
      this.#memory.delete(JSON.stringify(key));
      this.shelf.remove(key);
    }
  }
}

// What lies in localStorage for one person.
class Shelf {
  constructor(user) {
    this.name = NAME + user;
  }

  all(prefix) {
    const found = this.#names().map((name) => [JSON.parse(name.slice(this.name.length)), read(name)]);
    return found.filter(([key, words]) => words !== null && begins(key, prefix)).map(([key, words]) => [key, JSON.parse(words)]);
  }

  // Returns what was put there, null where it could not be.
  put(key, value) {
    const words = JSON.stringify(value);
    try {
      localStorage.setItem(this.name + JSON.stringify(key), words);
      return words;
    } catch {
      return null;
    }
  }

  // Only if it is still this, where that is told: a newer value stays.
  remove(key, words) {
    const name = this.name + JSON.stringify(key);
    try {
      if (words === undefined || read(name) === words) localStorage.removeItem(name);
    } catch {
      // It could not be put there either.
    }
  }

  clear() {
    for (const name of this.#names()) localStorage.removeItem(name);
  }

  #names() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(`${this.name}[`));
    } catch {
      return [];
    }
  }
}

function read(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function begins(key, prefix) {
  return prefix.every((part, index) => key[index] === part);
}

// As the database orders its keys.
function inOrder(found) {
  const parsed = [...found].map(([key, value]) => [JSON.parse(key), value]);
  return parsed.sort(([one], [other]) => {
    const at = one.findIndex((part, index) => part !== other[index]);
    return at >= 0 && one[at] < other[at] ? -1 : 1;
  });
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
