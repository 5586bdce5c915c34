// One answer as this page has it, beside what the server has. Pure: no page, no network.
//
// `known` is the server's: {number, text, author, by, taken, skipped, aside}, where `by` is the
// author's number and `aside` are versions that wait for a decision. `base` is the version that our
// words were made from, `kept` what the server last confirmed of ours, `flight` what is under way to
// it. `own` are versions aside that our words hold already: ours, where others stand meanwhile and a
// person must decide, or all of them, once that was decided here.
//
// Whoever puts two texts together must know the one that both were made from, else what both hold
// would stand twice. So nothing is put together while something is under way, for it may have
// arrived; and the server takes only what was made from what stands there, or was put beside it
// knowingly.
import { contains, merge } from "./words.js";

const NOTHING = { number: 0, text: "", author: "", by: null, taken: "", skipped: false, aside: [] };

export class Answer {
  constructor(question, user) {
    Object.assign(this, { question, user });
    this.known = NOTHING;
    this.text = this.known.text;
    this.base = { number: this.known.number, text: this.known.text };
    this.kept = this.known.text;
    this.own = [];
    this.flight = null;
    // What was here before a person decided, for as long as the server has not confirmed that:
    // another may have decided at the same moment.
    this.before = null;
    // Words that the server will not have: they stay here, and are not sent again as they are.
    this.unwanted = null;
  }

  // What must outlive this page; null where the server has it all.
  get record() {
    if (!this.pending && !this.own.length && !this.clash && this.unwanted === null) return null;
    const { text, base, kept, own, flight, before, unwanted } = this;
    return { text, base, kept, own, flight, before, unwanted };
  }

  get pending() {
    if (this.flight) return true;
    if (this.text === this.unwanted) return false;
    return this.hasOwnWords || (this.own.length > 0 && !this.isApart);
  }

  get hasOwnWords() {
    return this.text !== this.kept;
  }

  // Whether other words stand than ours were made from.
  get isApart() {
    return this.base.number !== this.known.number;
  }

  // What to decide between, beside the words here; null where there is nothing to decide.
  get clash() {
    const { known } = this;
    // What the page that ended had under way may be among what the server has.
    if (this.flight?.isAdopted) return null;
    const apart = this.isApart && this.text !== known.text && !this.flight;
    const versions = apart ? [{ author: known.author, text: known.text }] : [];
    for (const one of known.aside) {
      if (!this.#holds(one) && one.text !== this.text) versions.push(one);
    }
    return versions.length ? versions : null;
  }

  #holds({ id }) {
    return this.own.some((one) => one.id === id);
  }

  // What stands, and then what waits, as the server has them: the same for whoever looks at it.
  get #shared() {
    return this.known.aside.reduce(added, this.known.text);
  }

  get joined() {
    return merge(this.own.reduce(added, this.base.text), this.text, this.#shared).text;
  }

  type(text) {
    this.text = text;
  }

  // The person decided that these words stand.
  settle(text) {
    const { base, kept, own } = this;
    this.before ??= { text: this.text, base, kept, own, decided: text };
    this.own = [...this.known.aside];
    this.base = { number: this.known.number, text: this.known.text };
    this.kept = this.known.text;
    this.text = text;
  }

  // The change to send, with this id if it is a new one; null where nothing is to be sent.
  depart(id) {
    if (!this.pending) return null;
    this.flight ??= {
      id,
      text: this.text,
      base: this.base,
      beside: this.isApart ? this.known.number : 0,
      over: this.own.map((one) => one.id),
      isDecided: this.before !== null,
    };
    const { text, base, beside, over } = this.flight;
    return { id: this.flight.id, do: "answer", question: this.question, text, base: base.number, beside, over };
  }

  // The server's word about what was sent under this id. What failed there stays under way; what was
  // made from words that stand no more is made anew.
  arrive(id, result) {
    const { flight } = this;
    if (flight?.id !== id || result.failed) return;
    this.flight = null;
    if (result.stale) return;
    if (result.refused) {
      this.unwanted = flight.text;
      return;
    }
    this.unwanted = null;
    if (flight.isDecided) this.before = null;
    const isLeft = (one) => !flight.over.includes(one.id);
    this.known = { ...this.known, aside: this.known.aside.filter(isLeft) };
    const aside = { id, number: result.aside, text: flight.text, author: "", by: this.user, from: flight.base.text };
    if (result.aside) this.known.aside.push(aside);
    for (const here of [this, this.before].filter(Boolean)) {
      here.kept = flight.text;
      here.own = here.own.filter(isLeft);
      if (result.aside) here.own.push(aside);
      else here.base = { number: result.number, text: flight.text };
    }
    if (result.aside) return;
    if (result.number < this.known.number) return;
    this.known = { ...this.known, number: result.number, text: flight.text, author: "", by: this.user };
  }

  // What the server has now, whoever wrote it.
  learn(known) {
    if (known.number < this.known.number) return;
    this.known = { ...NOTHING, ...known };
    this.rebase();
  }

  // Our words, made from what stands now. Where both were changed at the same place, a person
  // decides; one's own from elsewhere stand beside.
  rebase() {
    if (this.flight) return;
    this.base = this.#ancestor();
    const { known } = this;
    if (!this.isApart) return;
    const merged = merge(this.base.text, this.text, known.text);
    if (!merged.clean && known.by !== this.user) {
      // What was decided here is decided anew, with what stands now.
      if (!this.before) return;
      this.#takeBack();
      this.rebase();
      return;
    }
    this.#intoTheDecision((text) => merge(this.base.text, text, known.text).text);
    this.text = merged.text;
    this.base = { number: known.number, text: known.text };
    this.kept = known.text;
  }

  // The words from which both ours and those that stand now were made: the base, with those aside
  // that were taken up meanwhile.
  #ancestor() {
    const isGone = ({ id }) => !this.known.aside.some((one) => one.id === id);
    let gone = this.#withoutThoseThatGoOn(this.own.filter(isGone));
    if (gone.length && this.before) {
      this.#takeBack();
      gone = this.own.filter(isGone);
    }
    this.own = this.own.filter((one) => !isGone(one));
    const text = gone.reduce(added, this.base.text);
    const { number } = gone.find((one) => one.text === text) ?? this.base;
    return { number, text };
  }

  // What comes in from others is no part of what was typed since the decision.
  #intoTheDecision(change) {
    if (this.before) this.before = { ...this.before, decided: change(this.before.decided) };
  }

  // Somebody decided first: what stands then holds everything, but for what was typed here since.
  #takeBack() {
    const { decided, text, ...before } = this.before;
    Object.assign(this, before, { before: null, text: merge(decided, this.text, text).text });
  }

  // Whoever goes on typing has a longer version waiting in the place of the one before.
  #withoutThoseThatGoOn(gone) {
    return gone.filter((one) => {
      const isLonger = (other) => other.by === one.by && other.number > one.number && contains(other.text, one.text);
      const next = this.known.aside.find(isLonger);
      if (!next) return true;
      const grown = (text) => merge(added(next.from, one), text, next.text).text;
      this.text = grown(this.text);
      this.#intoTheDecision(grown);
      this.own.push(next);
      return false;
    });
  }

  // Whether words that another page left can be taken up here: they are gone on with as they were,
  // with what they had under way.
  get isFree() {
    return !this.hasOwnWords && !this.flight && !this.own.length;
  }

  adopt(record) {
    const { number, text } = record.base;
    if (this.known.number < number) this.known = { ...NOTHING, number, text };
    Object.assign(this, record);
    if (this.flight) this.flight.isAdopted = true;
    this.rebase();
  }
}

// A version that waits, put together with these words.
function added(text, one) {
  return merge(one.from, one.text, text).text;
}
