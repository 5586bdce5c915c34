// Finding a reason by its first letters: in its name, in other names of it, in what buyers say.
const MOST = 8;

// Where the words typed stand in a reason: 0 is best, null is nowhere.
export function rank(typed, name, others) {
  const wanted = plain(typed).split(" ").filter(Boolean);
  const own = plain(name);
  if (!wanted.length) return null;
  if (own.startsWith(wanted.join(" "))) return 0;
  const ownWords = own.split(" ");
  const otherWords = plain(others).split(" ");
  const begins = (words, word) => words.some((each) => each.startsWith(word));
  if (wanted.every((word) => begins(ownWords, word))) return 1;
  if (wanted.every((word) => begins(ownWords, word) || begins(otherWords, word))) return 2;
  return wanted.every((word) => own.includes(word)) ? 3 : null;
}

export function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(" ");
}

// The field with its list, as a combobox: the best match is taken by Enter.
export class Finder {
  constructor(box) {
    this.field = box.querySelector("input");
    this.list = box.querySelector("ul");
    this.reasons = [...this.field.list.options].map((option) => ({
      name: option.value,
      meaning: option.textContent,
      others: option.dataset.words,
      offered: option.dataset.offered === undefined ? null : Number(option.dataset.offered),
    }));
    this.untouched = this.field.value;
    this.found = [];
    this.active = -1;
    this.field.removeAttribute("list");
    this.describe();
    this.field.addEventListener("input", () => this.find());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) this.take(this.found[[...this.list.children].indexOf(option)]);
    });
    if (!this.field.value) this.find();
  }

  describe() {
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Reasons");
    const said = {
      role: "combobox",
      "aria-controls": this.list.id,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
    };
    for (const [name, value] of Object.entries(said)) this.field.setAttribute(name, value);
  }

  // Whether what is typed is the name of no reason there is: then every key is a letter of it.
  get isNewName() {
    return this.field.value !== "" && this.field.value !== this.untouched && !this.found.length;
  }

  find() {
    const typed = this.field.value;
    this.found = typed ? this.matching(typed) : this.offered();
    this.active = typed && this.found.length ? 0 : -1;
    this.show();
  }

  matching(typed) {
    return this.reasons
      .map((reason) => ({ reason, rank: rank(typed, reason.name, reason.others) }))
      .filter((each) => each.rank !== null)
      .sort((one, other) => one.rank - other.rank)
      .slice(0, MOST)
      .map((each) => each.reason);
  }

  offered() {
    const offered = this.reasons.filter((reason) => reason.offered !== null);
    return offered.sort((one, other) => one.offered - other.offered);
  }

  show() {
    this.list.replaceChildren(...this.found.map((reason, at) => this.option(reason, at)));
    this.list.hidden = !this.found.length;
    this.field.setAttribute("aria-expanded", String(!this.list.hidden));
    if (this.active < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `found-reason-${this.active}`);
  }

  option(reason, at) {
    const option = document.createElement("li");
    option.id = `found-reason-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(at === this.active));
    const name = document.createElement("strong");
    name.textContent = reason.name;
    const meaning = document.createElement("span");
    meaning.textContent = reason.meaning;
    option.append(name, " ", meaning);
    return option;
  }

  move(by) {
    if (!this.found.length) this.find();
    this.active = (this.active + by + this.found.length) % this.found.length;
    this.show();
  }

  // What Enter and Tab take: the reason that is marked in the list.
  takeActive() {
    if (this.active >= 0) this.take(this.found[this.active]);
  }

  take(reason) {
    this.field.value = reason.name;
    this.untouched = reason.name;
    this.found = [];
    this.active = -1;
    this.show();
    this.field.focus();
  }
}
