// Between this device and the server: what was typed goes out, what others changed comes in. Every
// word lies in the store before it is sent, and is dropped there only when the server has it.
import { Answer } from "./answer.js";
import { newId } from "./ids.js";
import { setFlag } from "../waiting.js";
import { NotAllowed, SignedOut, SomebodyElse } from "./server.js";

// Words leave half a second after the last key, and at most so long after the first.
const PAUSE = 400;
const LONGEST_PAUSE = 850;
// An idle page asks; in company more often, in the background seldom.
const ASK_ALONE = 2000;
const ASK_IN_COMPANY = 1400;
const ASK_HIDDEN = 15_000;
const LONGEST_RETRY = 15_000;
const MOST_AT_ONCE = 50;

export class Sync {
  answers = new Map();
  // Questions of one's own that the server may not have, by change: [key, change].
  #ownQuestions = new Map();
  // What the page shows: "saved", "busy", "offline", "signed out", "somebody else", "closed".
  state = "saved";
  savedAt = "";
  present = [];
  // The last change that the server told of; it tells everything to a page that comes new.
  #seen = null;
  #timer = null;
  #typedAt = null;
  #failures = 0;
  #round = null;
  #again = false;
  #last = 0;
  // How many drafts of ended pages wait until they can be taken up.
  #left = 0;
  #isOver = false;

  // `heard` has: answer(answer), part(name, question, value), present(list), state(sync),
  // refused(change, why), kept(change), ready(). `spot` says at which question this page is.
  constructor({ interview, user, page, store, server, tabs, heard, spot }) {
    Object.assign(this, { interview, user, page, store, server, tabs, heard, spot });
  }

  // ---- what the page does

  answer(question) {
    if (!this.answers.has(question)) this.answers.set(question, new Answer(question, this.user));
    return this.answers.get(question);
  }

  type(question, text) {
    const answer = this.answer(question);
    if (answer.text === text) return;
    answer.type(text);
    this.#keep(answer);
    this.#soon();
  }

  settle(question, text) {
    const answer = this.answer(question);
    answer.settle(text);
    this.#keep(answer);
    this.flush();
  }

  // Any other change: kept at once, sent in its order, after the words typed before it.
  async change(change) {
    const sent = { id: newId(), ...change };
    this.#last += 1;
    const key = ["change", this.interview, this.#last, sent.id];
    if (isOwnQuestion([key, sent])) this.#ownQuestions.set(sent.id, [key, sent]);
    await this.store.write({ put: [[key, sent]] }).catch(() => {});
    this.#soon();
    return sent.id;
  }

  // How a part stands that this page itself changed: the server tells it to other pages only.
  keep(part, question, value) {
    if (part === "answer") Object.assign(this.answer(question).known, value);
    const stands = part === "answer" ? this.answer(question).known : value;
    return this.store.write({ put: [[["known", this.interview, part, question], stands]] });
  }

  // ---- beginning, and going on after an interruption

  // What this device kept of the interview, and then what the server has.
  async start() {
    const kept = ["change", "known", "refused"].map((what) => this.store.all(what, this.interview));
    const [changes, known, refused] = await Promise.all(kept);
    this.#last = Math.max(0, ...changes.map(([key]) => key[2]));
    // A question before all that belongs to it.
    for (const [[, , part, question], value] of known) if (part === "questions") this.#learn(part, question, value);
    for (const [, change] of changes) this.heard.kept(change);
    for (const [[, , part, question], value] of known) {
      if (part !== "questions") this.#learn(part, question, value);
      if (part === "answer") this.heard.answer(this.answer(question));
    }
    for (const [, { change, why }] of refused) this.heard.refused(change, why);
    await this.takeUp();
    this.flush();
  }

  // Words that pages of this person left behind when they ended, where nothing else is under way.
  // The others lie where they are until then.
  async takeUp() {
    const drafts = () => this.store.all("draft", this.interview);
    const others = async () => [...new Set((await drafts()).map(([[, , , page]]) => page))].filter((page) => page !== this.page);
    this.#left = 0;
    // Seldom is anything left, and nothing has to wait its turn to see that.
    if (!(await others()).length) return undefined;
    return this.tabs.alone(async () => {
      const ended = await this.tabs.ended(await others());
      // Read after that: a page may write to its very end.
      const left = ended.length ? (await drafts()).filter(([key]) => ended.includes(key[3])) : [];
      this.#left = left.length;
      for (const [key, record] of left) await this.#adopt(key, record);
    });
  }

  async #adopt(key, record) {
    const answer = this.answer(key[2]);
    if (!answer.isFree) return;
    answer.adopt(record);
    this.#left -= 1;
    // At once: a key pressed before the page shows these words would write over them.
    this.heard.answer(answer);
    const { put = [], remove = [] } = this.#draft(answer);
    await this.store.write({ put, remove: [...remove, key] });
  }

  // Another page of this person sent something: it is asked for at once.
  overhear({ interview }) {
    if (interview === this.interview) this.flush();
  }

  // ---- rounds

  get isWaiting() {
    return [...this.answers.values()].some((answer) => answer.pending);
  }

  // Send and ask now; resolves when the round is over.
  flush(options = {}) {
    clearTimeout(this.#timer);
    this.#typedAt = null;
    if (this.#round) this.#again = true;
    this.#round ??= this.#goRound(options).finally(() => {
      this.#round = null;
      const again = this.#again;
      this.#again = false;
      if (again && !this.#isOver) this.flush();
      else this.#later();
    });
    return this.#round;
  }

  stop() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  // Everything that waits, or as much as can be in this time.
  async settled(patience) {
    const over = new Promise((done) => setTimeout(done, patience, true));
    const failures = this.#failures;
    while ((await this.#hasMore()) && this.#failures === failures) {
      if (await Promise.race([this.flush(), over])) break;
    }
  }

  // Leaving, or out of sight: what waits is sent in a request that outlives the page.
  leave() {
    if (this.isWaiting) this.#goRound({ keepalive: true, alone: true }).catch(() => {});
  }

  async #goRound({ keepalive = false, alone = false } = {}) {
    const round = () => this.#exchange(keepalive);
    try {
      if (!alone) await this.takeUp();
      await (alone ? round() : this.tabs.inTurn(round));
      this.#failures = 0;
      this.#show((await this.#hasMore()) ? "busy" : "saved");
    } catch (problem) {
      this.#failed(problem);
    }
  }

  async #exchange(keepalive) {
    const words = [...this.answers.values()].map((answer) => [answer, answer.depart(newId())]);
    const departing = words.filter(([, change]) => change).slice(0, MOST_AT_ONCE);
    // A page that ends waits for nothing: its words leave in this very moment.
    const others = keepalive ? [...this.#ownQuestions.values()] : await this.#changesWaiting();
    const isFirst = others.filter(isOwnQuestion);
    const isLast = others.filter((one) => !isOwnQuestion(one));
    const changes = [...isFirst, ...departing, ...isLast].map(([, change]) => change);
    const about = { seen: this.#seen, page: this.page, here: this.spot() };
    if (changes.length) {
      this.#show("busy");
      // The ids must be known to whoever takes up after us, or the same words were sent as others.
      const kept = departing.map(([answer]) => this.#keep(answer));
      if (!keepalive) await Promise.all(kept);
    }
    const told = changes.length
      ? await this.server.send({ ...about, changes }, { keepalive })
      : await this.server.ask(about);
    await this.#take(told, departing, others);
  }

  async #take(told, departing, others) {
    // Nothing changes under a character that is being composed.
    await this.heard.ready();
    const put = [];
    const remove = [];
    const results = told.results ?? {};
    for (const [answer, change] of departing) {
      const result = results[change.id];
      if (!result) continue;
      answer.arrive(change.id, result);
      if (result.stale) this.#again = true;
      if (result.refused) this.heard.refused(change, result.refused);
    }
    // One answer of the server may overtake another, when a page is left.
    const news = this.#seen === null || told.seen >= this.#seen ? told.others : [];
    for (const { part, question, is } of news) {
      this.#learn(part, question, is);
      if (part !== "answer") put.push([["known", this.interview, part, question], is]);
    }
    const touched = new Set([...departing.map(([answer]) => answer), ...this.#answersIn(news)]);
    for (const answer of touched) answer.rebase();
    // At once: a key pressed before the page shows these words would write over them.
    for (const answer of touched) this.heard.answer(answer);
    for (const answer of touched) {
      put.push([["known", this.interview, "answer", answer.question], answer.known]);
      const draft = this.#draft(answer);
      put.push(...(draft.put ?? []));
      remove.push(...(draft.remove ?? []));
    }
    for (const [key, change] of others) {
      const result = results[change.id];
      if (!result || result.failed) continue;
      remove.push(key);
      this.#ownQuestions.delete(change.id);
      if (!result.refused) continue;
      put.push([["refused", this.interview, change.id], { change, why: result.refused }]);
      this.heard.refused(change, result.refused);
    }
    this.#seen = Math.max(this.#seen ?? 0, told.seen);
    await this.store.write({ put, remove }).catch(() => {});
    if (departing.length || others.length) this.tabs.say({ interview: this.interview });
    this.present = told.present;
    this.heard.present(told.present);
    if (departing.length || others.length || !this.savedAt) this.savedAt = told.at;
  }

  // A question before the words that answer it.
  async #changesWaiting() {
    const waiting = await this.store.all("change", this.interview);
    return [...waiting.filter(isOwnQuestion), ...waiting.filter((one) => !isOwnQuestion(one))].slice(0, MOST_AT_ONCE);
  }

  #answersIn(others) {
    return others.filter(({ part }) => part === "answer").map(({ question }) => this.answer(question));
  }

  #learn(part, question, value) {
    if (part === "answer") this.answer(question).learn(value);
    this.heard.part(part, question, value);
  }

  #failed(problem) {
    this.#failures += 1;
    if (problem instanceof SignedOut) this.#show("signed out");
    else if (problem instanceof SomebodyElse) this.#show("somebody else");
    else if (problem instanceof NotAllowed) this.#show("closed");
    else this.#show("offline");
  }

  async #hasMore() {
    return this.isWaiting || this.#left > 0 || (await this.store.all("change", this.interview)).length > 0;
  }

  #show(state) {
    if (state !== this.state) setFlag(state === "saved" ? null : this.user);
    this.state = state;
    this.heard.state(this);
  }

  // ---- keeping

  #keep(answer) {
    return this.store.write(this.#draft(answer)).catch(() => {});
  }

  #draft(answer) {
    const key = ["draft", this.interview, answer.question, this.page];
    const { record } = answer;
    return record ? { put: [[key, record]] } : { remove: [key] };
  }

  // ---- time

  #soon() {
    this.#typedAt ??= performance.now();
    const waited = performance.now() - this.#typedAt;
    this.#show(this.state === "saved" ? "busy" : this.state);
    if (this.#failures) return;
    this.#at(Math.max(0, Math.min(PAUSE, LONGEST_PAUSE - waited)));
  }

  #later() {
    if (this.state === "somebody else" || this.state === "closed") return;
    if (this.#failures) this.#at(Math.min(LONGEST_RETRY, 500 * 2 ** this.#failures));
    else if (this.isWaiting) this.#soon();
    else if (document.hidden) this.#at(ASK_HIDDEN);
    else this.#at(this.present.length ? ASK_IN_COMPANY : ASK_ALONE);
  }

  #at(wait) {
    clearTimeout(this.#timer);
    if (this.#isOver) return;
    this.#timer = setTimeout(() => this.flush(), wait);
  }
}

function isOwnQuestion([, change]) {
  return change.do === "question";
}
