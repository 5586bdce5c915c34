// The margin: tags stand beside their words, and are chosen, changed and taken away there; what is
// suggested stands apart, and is accepted or refused by one key.
import { rangeOf } from "../words.js";
import { openSheet } from "./sheet.js";
import { send } from "./server.js";

const wide = window.matchMedia("(min-width: 56.01rem)");

// Each quote at the height of its words, or below the one before it.
function place() {
  for (const list of document.querySelectorAll(".given-tags")) {
    const words = list.closest("article").querySelector("[data-words]");
    const quotes = [...list.querySelectorAll(":scope > [data-start]")];
    for (const quote of quotes) quote.style.marginTop = "";
    if (!words || !wide.matches) continue;
    for (const quote of quotes) {
      const wanted = rangeOfQuote(words, quote).getBoundingClientRect().top;
      const room = wanted - quote.getBoundingClientRect().top;
      if (room > 1) quote.style.marginTop = `${room}px`;
    }
  }
}

// A dotted line under what is suggested.
function underline() {
  const suggested = [...document.querySelectorAll(".given-tags > [data-start]:has([data-suggestion])")];
  const ranges = suggested.map((each) => rangeOfQuote(each.closest("article").querySelector("[data-words]"), each));
  CSS.highlights?.set("suggested", new Highlight(...ranges));
}

function rangeOfQuote(words, quote) {
  return rangeOf(words, Number(quote.dataset.start), Number(quote.dataset.end));
}

function point(event) {
  const quote = event.target.closest?.(".given-tags > [data-start]");
  if (!quote) return CSS.highlights?.delete("pointed");
  const words = quote.closest("article").querySelector("[data-words]");
  return CSS.highlights?.set("pointed", new Highlight(rangeOfQuote(words, quote)));
}

function typing(target) {
  return target.closest("input:not([type=checkbox]), textarea, select, #sheet") !== null;
}

// On a tag: x chooses it, e changes it, Delete removes it.
function onTag(event) {
  const tag = event.target.closest?.("[data-given]");
  if (!tag || typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const found = {
    x: "input[type=checkbox]",
    e: "[data-sheet]",
    Delete: "[data-remove]",
    Backspace: "[data-remove]",
  }[event.key];
  if (!found) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  tag.querySelector(found).click();
}

// On a suggestion: a accepts it, r refuses it, + - = accept it as for us, against us, neither.
function onSuggestion(event) {
  const suggestion = event.target.closest?.("[data-suggestion]");
  if (!suggestion || event.ctrlKey || event.metaKey || event.altKey) return;
  const found = {
    a: "[data-accept]",
    r: "[data-refuse]",
    e: "[data-sheet]",
    "+": "[value=for]",
    "-": "[value=against]",
    "=": "[value=neutral]",
  }[event.key];
  if (!found) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!suggestion.hasAttribute("data-sent")) suggestion.querySelector(found).click();
}

function suggestions() {
  return [...document.querySelectorAll("[data-suggestion]")];
}

function turn(event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  const forms = document.querySelectorAll("#turns form");
  const form = forms[key === "y" || event.shiftKey ? 1 : 0];
  if (!form) return;
  event.preventDefault();
  if (!form.querySelector("button").disabled) form.requestSubmit();
}

async function sendQuietly(event) {
  const { target: form, submitter } = event;
  if (!form.matches("[data-quiet], [data-many]")) return;
  event.preventDefault();
  const article = form.closest("article")?.id;
  const suggestion = form.closest("[data-suggestion]");
  const at = suggestions().indexOf(suggestion);
  suggestion?.setAttribute("data-sent", "");
  if (!(await send(form.action, new FormData(form, submitter)))) return suggestion?.removeAttribute("data-sent");
  if (form.matches("[data-many]")) form.reset();
  if (at >= 0 && suggestions().length) return suggestions()[Math.min(at, suggestions().length - 1)].focus();
  const back = article ? document.getElementById(article).querySelector("[data-words]") : null;
  return (back ?? document.querySelector("#turns button:not(:disabled)"))?.focus({ preventScroll: true });
}

document.addEventListener("keydown", onTag, { capture: true });
document.addEventListener("keydown", onSuggestion, { capture: true });
document.addEventListener("keydown", turn);
document.addEventListener("submit", sendQuietly);
document.addEventListener("pointerover", point);
document.addEventListener("focusin", point);
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-next-suggestion]")) suggestions()[0]?.focus();
  const link = event.target.closest("[data-sheet]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openSheet(link.href, link);
});
document.addEventListener("tags-changed", () => {
  place();
  underline();
});
window.addEventListener("resize", place);
document.fonts.ready.then(place);
underline();
