// The page as this device keeps it: put away when the server sent it, and opened again without it.
import { takeToken } from "../requests.js";
import { OWN } from "./ids.js";
import { openStore } from "./store.js";

const ADDRESS = /^\/interviews\/([0-9a-f-]{36})\/capture(?:\/([^/]+))?/;

// Whose browser this is, as the server last said; null where nobody is signed in.
export function signedInUser() {
  const found = document.cookie.match(/(?:^|; )because_user=(\d+)/);
  return found ? Number(found[1]) : null;
}

// The question that the address names; "" for none.
export function questionInAddress() {
  const [, , question = ""] = window.location.pathname.match(ADDRESS) ?? [];
  return decodeURIComponent(question);
}

// Fill the shell with what is kept of this address: {root, store}, or null where nothing is, after
// having said so or gone to the server for it.
export async function openFromDevice(shell) {
  const [, interview] = window.location.pathname.match(ADDRESS) ?? [];
  const question = questionInAddress();
  const user = signedInUser();
  const store = user !== null ? await openStore(user) : null;
  const page = interview && store ? await store.get(["page", interview]).catch(() => null) : null;
  const root = page && parse(page.html);
  // One's own question may be known to this device alone, and not stand in the page that was sent.
  const isInPage = (name) => name.startsWith(OWN) || root.querySelector(`[data-turn="${CSS.escape(name)}"]`);
  const isThere = root && (!question || isInPage(question));
  if (!isThere) return goToTheServer(shell);
  document.title = page.title;
  root.dataset.gone = String(Number(root.dataset.gone) + minutesSince(page.at));
  for (const turn of root.querySelectorAll("[data-turn]")) {
    turn.hidden = question ? turn.dataset.turn !== question : true;
  }
  shell.replaceWith(root);
  return { root, store };
}

// What the server sent, before anything was done to it.
export function putAway(store, root, title) {
  const copy = root.cloneNode(true);
  const parts = [copy, ...[...copy.querySelectorAll("template")].map(({ content }) => content)];
  for (const part of parts) for (const token of part.querySelectorAll("input[name=csrf_token]")) token.remove();
  copy.querySelector("#toasts")?.replaceChildren();
  const page = { html: copy.outerHTML, title, at: Date.now() };
  return store.write({ put: [[["page", root.dataset.capture], page]] }).catch(() => {});
}

// Fetch the page anew: what is new on it is shown, and the whole is put away for next time.
export async function refresh(capture) {
  const { root, sync } = capture;
  const response = await fetch(`${root.dataset.address}?fresh`, { headers: { Accept: "text/html" } });
  if (response.redirected && !new URL(response.url).pathname.match(ADDRESS)) return leaveFor(capture, response);
  if (response.status === 404) return sync.store.write({ remove: [["page", capture.interview]] });
  if (!response.ok) return null;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-capture]");
  if (!fresh || Number(fresh.dataset.viewer) !== capture.user) return null;
  takeToken(page.querySelector("meta[name=csrf-token]")?.content ?? "");
  await putAway(sync.store, fresh, page.title);
  capture.tell("refreshed", document.importNode(fresh, true));
  return null;
}

// The interview is not held any more, or nobody is signed in; the latter is asked for in place.
async function leaveFor(capture, response) {
  if (new URL(response.url).pathname.startsWith("/sign-in")) return;
  await capture.sync.settled(4000);
  window.location.assign(response.url);
}

function goToTheServer(shell) {
  const here = new URL(window.location.href);
  if (!here.searchParams.has("fresh")) {
    here.searchParams.set("fresh", "");
    window.location.replace(here);
    return null;
  }
  shell.querySelector("[data-shell-status]").textContent =
    "This interview was not opened on this device before. It opens as soon as there is a connection.";
  window.addEventListener("online", () => window.location.reload());
  return null;
}

function parse(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return document.adoptNode(made.content.querySelector("[data-capture]"));
}

function minutesSince(at) {
  return Math.max(0, Math.round((Date.now() - at) / 60_000));
}
