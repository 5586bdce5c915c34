// Signing in without leaving the page: the server's own sign-in pages, one after another, in a
// dialog beside the question. It takes no key from who is typing; what was typed stays where it is,
// and the queue goes on.

const RELOAD_AFTER = 4000;

export function startSigningIn(capture) {
  const dialog = document.getElementById("sign-in-here");
  let isLater = false;
  capture.on("state", ({ state }) => {
    if (state === "somebody else") stepAside(capture);
    if (state === "saved") isLater = false;
    if (state === "saved" && dialog.open) dialog.close();
    if (state === "signed out" && !dialog.open && !isLater) open(dialog);
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(capture, dialog, event.target, event.submitter);
  });
  dialog.querySelector("[data-later]").addEventListener("click", () => {
    isLater = true;
    dialog.close();
  });
  capture.root.querySelector("[data-status]").addEventListener("click", () => {
    if (capture.sync.state === "signed out" && !dialog.open) open(dialog);
  });
}

async function open(dialog) {
  const typing = document.activeElement;
  // What was asked the last time is asked no more.
  dialog.querySelector("[data-sign-in]").replaceChildren();
  dialog.show();
  typing?.focus({ preventScroll: true });
  try {
    await show(dialog, await fetch("/sign-in?next=/session", { headers: { Accept: "text/html" } }));
  } catch {
    // It opens again with the next try.
    dialog.close();
  }
}

async function answer(capture, dialog, form, submitter) {
  const action = submitter?.getAttribute("formaction") ?? form.action;
  const body = new URLSearchParams(new FormData(form, submitter));
  // The form's token may be older than the session: another tab asks to sign in too.
  const response = await capture.sync.server.session().then(({ token }) => {
    body.set("csrf_token", token);
    return fetch(action, { method: "POST", body });
  }).catch(() => null);
  if (!response || response.status === 400) {
    dialog.close();
    return;
  }
  if (!(response.headers.get("Content-Type") ?? "").includes("json")) return show(dialog, response);
  const { user } = await response.json();
  dialog.close();
  if (user !== capture.user) return stepAside(capture);
  await capture.sync.server.renew();
  capture.sync.flush();
}

// The main part of a sign-in page: its forms are answered here.
async function show(dialog, response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const main = page.querySelector("main");
  main.querySelector("h1")?.remove();
  const place = dialog.querySelector("[data-sign-in]");
  place.replaceChildren(...[...main.childNodes].map((node) => document.importNode(node, true)));
  place.querySelector("[aria-invalid]")?.focus();
}

// Whoever is signed in now neither sees nor sends what was typed here.
async function stepAside(capture) {
  const { name } = await capture.sync.server.session().catch(() => ({ name: "" }));
  const box = document.createElement("main");
  box.className = "stepped-aside";
  const title = document.createElement("h1");
  title.textContent = `You are signed in as ${name || "somebody else"} now`;
  const words = document.createElement("p");
  words.textContent = "What was typed here before is kept on this device for whoever typed it. It is sent when they sign in again.";
  box.append(title, words);
  capture.root.replaceWith(box);
  setTimeout(() => window.location.reload(), RELOAD_AFTER);
}
