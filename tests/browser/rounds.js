// Rounds of chance without pages: the capture page's own scripts, with a server, a network, a store
// and a clock that are made up here. Evaluates to a function: (first seed, how many, where the
// scripts lie) -> what went wrong, a line for each seed.
async (firstSeed, count, scripts) => {
  const QUESTIONS = ["a", "b"];
  const USERS = [1, 2];
  const FIRST_CHARACTER = 0x4e00;
  const real = { setTimeout, clearTimeout, performance: performance.now };

  // ---- a clock that moves only when it is told to

  let now = 0;
  let timers = [];
  let lastTimer = 0;
  const channel = new MessageChannel();
  const ticking = [];
  channel.port1.onmessage = () => ticking.shift()();
  // Until everything that was promised and needs no time has happened.
  const tick = () => new Promise((done) => {
    ticking.push(done);
    channel.port2.postMessage(null);
  });
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  const copy = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

  function setTheClock() {
    window.setTimeout = (action, time = 0, ...about) => {
      lastTimer += 1;
      timers.push({ at: now + Math.max(0, time), id: lastTimer, action: () => action(...about) });
      return lastTimer;
    };
    window.clearTimeout = (id) => (timers = timers.filter((timer) => timer.id !== id));
    performance.now = () => now;
  }

  function resetTheClock() {
    window.setTimeout = real.setTimeout;
    window.clearTimeout = real.clearTimeout;
    performance.now = real.performance;
  }

  async function pass(time) {
    const until = now + time;
    for (;;) {
      await tick();
      await tick();
      timers.sort((one, other) => one.at - other.at || one.id - other.id);
      if (!timers.length || timers[0].at > until) break;
      const timer = timers.shift();
      now = Math.max(now, timer.at);
      timer.action();
    }
    now = until;
  }

  function chance(seed) {
    let state = (seed * 2654435761) >>> 0;
    const next = () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
    const between = (least, most) => least + Math.floor(next() * (most - least + 1));
    return { next, between, pick: (list) => list[Math.floor(next() * list.length)] };
  }

  // ---- the server, as app/interviews/changes.py and answering.py

  class Server {
    answers = new Map();
    changes = [];

    answer(question) {
      if (!this.answers.has(question)) this.answers.set(question, { revision: 0, text: "", revisions: [] });
      return this.answers.get(question);
    }

    send({ changes, seen }, user) {
      const results = {};
      const inDoubt = [];
      const untold = this.changes.filter((one) => seen !== null && one.number > seen);
      for (const sent of changes) {
        const known = this.changes.find((one) => one.id === sent.id);
        const result = known?.result ?? this.#write(user, sent);
        results[sent.id] = result;
        if (known || result.stale) inDoubt.push(sent.question);
        if (known || result.stale) continue;
        const row = { number: this.changes.length + 1, id: sent.id, question: sent.question, result };
        this.changes.push(row);
        untold.push(row);
      }
      if (seen === null) return { ...this.ask({ seen }), results };
      const touched = untold.filter((one) => !(one.id in results)).map((one) => one.question);
      return this.#told([...inDoubt, ...touched], untold.at(-1)?.number ?? seen, { results });
    }

    ask({ seen }) {
      if (seen === null) return this.#told([...this.answers.keys()], this.changes.length);
      const rows = this.changes.filter((one) => one.number > seen);
      return this.#told(rows.map((one) => one.question), rows.at(-1)?.number ?? seen);
    }

    #told(questions, seen, more = {}) {
      const known = [...new Set(questions)].filter((question) => this.answers.has(question));
      const others = known.map((question) => ({ part: "answer", question, is: this.#show(question) }));
      return { others, seen, present: [], at: "10:42", ...more };
    }

    #show(question) {
      const { revision, text, revisions } = this.answers.get(question);
      const numbered = (number) => revisions.find((one) => one.number === number);
      const aside = revisions.filter((one) => one.isAside).map(({ id, number, text, by, base }) => {
        return { id, number, text, by, author: `${by}`, from: numbered(base)?.text ?? "" };
      });
      return { number: revision, text, by: numbered(revision)?.by ?? null, author: "", aside };
    }

    #write(user, { id, question, text, base, beside, over }) {
      const answer = this.answer(question);
      const { revisions } = answer;
      const isWaiting = (name) => revisions.some((one) => one.id === name && one.isAside);
      const isCurrent = [base, beside].includes(answer.revision) && over.every(isWaiting);
      if (text !== answer.text && !isCurrent) return { stale: true };
      for (const one of revisions) if (over.includes(one.id)) one.isAside = false;
      if (text === answer.text) return { number: answer.revision };
      const isAside = base !== answer.revision;
      const number = revisions.length + 1;
      revisions.push({ id, number, text, by: user, base, isAside });
      if (isAside) return { number: answer.revision, aside: number };
      Object.assign(answer, { revision: number, text });
      return { number };
    }
  }

  class Store {
    isLasting = true;
    #kept = new Map();

    async all(...prefix) {
      await tick();
      const kept = [...this.#kept].map(([key, value]) => [JSON.parse(key), copy(value)]);
      return kept.filter(([key]) => prefix.every((part, index) => key[index] === part));
    }

    write({ put = [], remove = [] }) {
      for (const [key, value] of put) this.#kept.set(JSON.stringify(key), copy(value));
      for (const key of remove) this.#kept.delete(JSON.stringify(key));
      return tick();
    }
  }

  // ---- a page, and what it has of the browser

  class Page {
    isOpen = true;
    fields = {};
    #turns = [];

    constructor(world, user, Sync) {
      Object.assign(this, { world, user, id: `page ${(world.pagesSoFar += 1)}` });
      const store = world.stores[user];
      this.sync = new Sync({
        interview: "i",
        user,
        page: this.id,
        store: { isLasting: true, all: (...key) => this.#whileOpen(store.all(...key)), write: (what) => this.#write(store, what) },
        server: { send: (body) => this.#call("send", body), ask: (body) => this.#call("ask", body) },
        tabs: this.#tabs(),
        heard: { answer: (answer) => this.show(answer), part() {}, present() {}, state() {}, refused() {}, kept() {}, ready: async () => {} },
        spot: () => "a",
      });
      for (const question of QUESTIONS) this.#openAt(question);
      this.sync.start().catch((problem) => (world.broken ??= problem));
    }

    show({ question, text }) {
      this.fields[question] = text;
    }

    type(question, text) {
      this.sync.type(question, text);
      this.show(this.sync.answer(question));
    }

    end() {
      this.isOpen = false;
      this.sync.stop();
      for (const over of this.#turns) over();
    }

    // What the server sent the page with, where it could.
    #openAt(question) {
      const { revision: number, text } = this.world.reaches(this.user) ? this.world.server.answer(question) : { revision: 0, text: "" };
      const answer = this.sync.answer(question);
      answer.learn({ number, text });
      this.show(answer);
    }

    // Nothing goes on in a page that has ended.
    #whileOpen(promise) {
      return new Promise((fulfil, reject) => {
        promise.then((value) => this.isOpen && fulfil(value), (problem) => this.isOpen && reject(problem));
      });
    }

    #write(store, what) {
      return this.isOpen ? this.#whileOpen(store.write(what)) : new Promise(() => {});
    }

    #call(what, body) {
      const sent = copy(body);
      return this.#whileOpen(this.world.call(this.user, (server) => server[what](sent, this.user)));
    }

    #tabs() {
      const { world, user, id } = this;
      const others = () => world.pages.filter((one) => one !== this && one.user === user);
      const hears = (page, message) => setTimeout(() => page.isOpen && page.sync.overhear(message), world.rng.between(0, 20));
      return {
        say: (message) => others().forEach((page) => hears(page, copy({ page: id, ...message }))),
        ended: async (pages) => {
          await tick();
          return pages.filter((name) => !world.pages.some((one) => one.id === name));
        },
        inTurn: (action) => this.#oneAtATime(world.sending, action),
        alone: (action) => this.#oneAtATime(world.taking, action),
      };
    }

    #oneAtATime(queues, action) {
      let over;
      const before = queues[this.user];
      queues[this.user] = Promise.all([before, new Promise((done) => (over = done))]);
      this.#turns.push(over);
      return this.#whileOpen(before.then(() => this.isOpen && action()).finally(over));
    }
  }

  // ---- a round

  class World {
    server = new Server();
    stores = { 1: new Store(), 2: new Store() };
    sending = { 1: Promise.resolve(), 2: Promise.resolve() };
    taking = { 1: Promise.resolve(), 2: Promise.resolve() };
    pages = [];
    pagesSoFar = 0;
    isUp = true;
    isCut = { 1: false, 2: false };
    typed = { a: [], b: [] };
    broken = null;
    #next = FIRST_CHARACTER;

    constructor(seed, Sync) {
      this.rng = chance(seed);
      this.Sync = Sync;
    }

    reaches(user) {
      return this.isUp && !this.isCut[user];
    }

    // There and back again, each of which may fail.
    async call(user, ask) {
      const { rng } = this;
      const go = async (time, risk = 0) => {
        await wait(time);
        if (!this.reaches(user) || rng.next() < risk) throw new Error("no connection");
      };
      await go(rng.between(1, 120));
      const told = copy(ask(this.server));
      await go(rng.between(1, rng.next() < 0.1 ? 900 : 80), 0.03);
      return told;
    }

    async open(user) {
      this.pages.push(new Page(this, user, this.Sync));
      await pass(this.rng.between(0, 200));
    }

    close(page) {
      this.pages = this.pages.filter((one) => one !== page);
      page.end();
    }

    of(user) {
      return this.pages.filter((one) => one.user === user);
    }

    // Characters that nobody has typed before, at the beginning or at the end.
    async type(page, question, length) {
      const isAtEnd = this.rng.next() < 0.5;
      const pause = this.rng.pick([0, 0, 5, 30]);
      let last = null;
      for (let left = length; left; left -= 1) {
        const character = String.fromCodePoint(this.#next++);
        const field = page.fields[question];
        const from = last === null ? -1 : field.indexOf(last);
        const caret = from >= 0 ? from + 1 : isAtEnd ? field.length : 0;
        page.type(question, field.slice(0, caret) + character + field.slice(caret));
        this.typed[question].push(character);
        last = character;
        if (pause) await pass(pause);
      }
    }

    async step() {
      const { rng } = this;
      const page = rng.pick(this.pages);
      const question = rng.next() < 0.7 ? "a" : "b";
      const steps = {
        type: () => this.type(page, question, rng.between(1, 8)),
        another: () => this.of(1).length < 3 && this.open(1),
        second: () => !this.of(2).length && this.open(2),
        kill: () => (this.isUp = false),
        start: () => (this.isUp = true),
        cut: () => (this.isCut[rng.pick(USERS)] = true),
        mend: () => (this.isCut = { 1: false, 2: false }),
        close: () => this.#closeWhileTyping(page, question, false),
        reload: () => this.#closeWhileTyping(page, question, true),
        wait: () => pass(rng.pick([100, 600, 1500, 3000])),
      };
      const { type, ...accidents } = steps;
      await rng.pick([type, type, type, type, type, ...Object.values(accidents)])();
    }

    async #closeWhileTyping(page, question, isReload) {
      await this.type(page, question, 3);
      this.close(page);
      if (isReload || !this.of(page.user).length) await this.open(page.user);
    }

    async hold() {
      await this.open(1);
      for (let left = this.rng.between(8, 22); left; left -= 1) await this.step();
      this.isUp = true;
      this.isCut = { 1: false, 2: false };
      for (let left = 300; left; left -= 1) {
        await pass(150);
        if (await this.#decide()) continue;
        if (this.pages.every(({ sync }) => sync.state === "saved") && !this.wrong().length) return;
      }
    }

    // One person joins what clashes first, and the others see it before they would decide too.
    async #decide() {
      const clashing = () => this.pages.flatMap((page) => QUESTIONS.filter((one) => page.sync.answer(one).clash).map((one) => [page, one]));
      const [first] = clashing();
      if (!first) return false;
      const [page, question] = first;
      const answer = page.sync.answer(question);
      page.sync.settle(question, answer.joined);
      page.show(answer);
      for (let left = 12; left && clashing().length; left -= 1) await pass(250);
      return true;
    }

    wrong() {
      const found = this.broken ? [String(this.broken.stack)] : [];
      for (const question of QUESTIONS) {
        const there = [...this.server.answer(question).text.replaceAll("\n", "")];
        const times = (character) => there.filter((one) => one === character).length;
        for (const one of this.typed[question]) {
          if (times(one) !== 1) found.push(`${question}: ${one} stands ${times(one)} times`);
        }
      }
      return found;
    }
  }

  const { Sync } = await import(`${scripts}/capture/sync.js`);
  const failures = [];
  setTheClock();
  try {
    for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
      [now, timers] = [0, []];
      const world = new World(seed, Sync);
      await world.hold();
      const wrong = world.wrong();
      if (wrong.length) failures.push(`seed ${seed}: ${wrong.slice(0, 3).join(", ")}`);
      for (const page of world.pages) world.close(page);
    }
  } finally {
    resetTheClock();
  }
  return failures;
}
