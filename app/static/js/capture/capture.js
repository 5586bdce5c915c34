// The page as its features see it: the questions, the one at hand, and what is heard of the server.

export class Capture {
  #listeners = [];
  #parts = new Map();

  constructor(root) {
    this.root = root;
    this.interview = root.dataset.capture;
    this.user = Number(root.dataset.viewer);
    this.sync = null;
  }

  get turns() {
    return [...this.root.querySelectorAll("[data-turn]")];
  }

  get current() {
    return this.turns.find((turn) => !turn.hidden) ?? null;
  }

  get question() {
    return this.current?.dataset.turn ?? "";
  }

  // Questions that ask behind an answer: they stand within the turn of that answer.
  get behind() {
    return [...this.root.querySelectorAll("[data-behind]")];
  }

  turn(question) {
    const name = CSS.escape(question);
    return this.root.querySelector(`[data-turn="${name}"], [data-behind="${name}"]`);
  }

  step(question) {
    return this.root.querySelector(`[data-step="${CSS.escape(question)}"]`);
  }

  neighbour(distance) {
    const { turns } = this;
    return turns[turns.indexOf(this.current) + distance];
  }

  // When something happens: "answer" (its Answer), "present" (list), "state" (Sync), "moved" (turn),
  // "refused" (change, why), "kept" (change that waits on this device since before this page).
  on(event, action) {
    this.#listeners.push([event, action]);
  }

  tell(event, ...about) {
    for (const [name, action] of this.#listeners) if (name === event) action(...about);
  }

  // When the server tells how a part of a question stands: action(question, value).
  onPart(name, action) {
    this.#parts.set(name, [...(this.#parts.get(name) ?? []), action]);
  }

  tellPart(name, question, value) {
    for (const action of this.#parts.get(name) ?? []) action(question, value);
  }
}
