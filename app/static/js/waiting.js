// Interview words that wait on this device: any page sends them, and signing out offers to, then
// clears what is kept of this person.
import { signedInUser } from "./capture/device.js";
import { clearStore, openStore, waitingIn } from "./capture/store.js";
import { toast } from "./toasts.js";

const FLAG = "because.waiting";

export function startWaiting() {
  const user = signedInUser();
  if (user === null) return;
  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action, window.location.href).pathname !== "/sign-out") return;
    if ("cleared" in event.target.dataset) return;
    event.preventDefault();
    signOut(event.target, user);
  });
  const isHolding = document.querySelector("[data-capture], [data-shell]");
  if (!isHolding && flag() === String(user)) send(user);
}

async function signOut(form, user) {
  const count = await countWaiting(user).catch(() => 0);
  if (count && !(await decide(user, count))) return null;
  if (!(await isServerThere())) {
    return toast("The server cannot be reached. You are still signed in.", { error: true });
  }
  await clearStore(user);
  setFlag(null);
  form.dataset.cleared = "";
  return form.requestSubmit();
}

async function countWaiting(user) {
  return (await waitingIn(await openStore(user))).length;
}

// Resolves to how many still wait. What sends is fetched only where there is something to send.
async function send(user) {
  const { sendWaiting } = await import("./capture/sending.js");
  return sendWaiting(user);
}

function isServerThere() {
  return fetch("/health", { cache: "no-store" }).then(() => true, () => false);
}

// Send, give up, or stay; resolves to whether to sign out.
function decide(user, count) {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "waiting-title");
  const title = text("h2", count === 1 ? "One answer is not sent yet" : `${count} answers are not sent yet`);
  title.id = "waiting-title";
  const words = text("p", "They are kept on this device alone. Signing out takes everything off it.");
  words.setAttribute("role", "status");
  const row = text("p", "");
  row.className = "form-actions";
  dialog.append(title, words, row);
  document.body.append(dialog);
  return new Promise((resolve) => {
    const end = (signsOut) => {
      dialog.remove();
      resolve(signsOut);
    };
    row.append(
      button("Send them and sign out", "primary", async () => {
        words.textContent = "Sending …";
        const left = await send(user).catch(() => count);
        if (left) words.textContent = "They could not be sent. Try again when there is a connection.";
        else end(true);
      }),
      button("Delete them and sign out", "plain danger", () => end(true)),
      button("Stay", "plain", () => end(false)),
    );
    dialog.addEventListener("cancel", () => end(false));
    dialog.showModal();
  });
}

function text(name, words) {
  const element = document.createElement(name);
  element.textContent = words;
  return element;
}

function button(label, classes, action) {
  const made = text("button", label);
  made.type = "button";
  made.className = classes;
  made.addEventListener("click", action);
  return made;
}

function flag() {
  try {
    return localStorage.getItem(FLAG);
  } catch {
    return null;
  }
}

export function setFlag(user) {
  try {
    if (user === null) localStorage.removeItem(FLAG);
    else localStorage.setItem(FLAG, String(user));
  } catch {
    // Then words are sent from the interview's own page.
  }
}
