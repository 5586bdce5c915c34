// Attaches a recording part by part, so that a broken connection costs one part and no more.
import { csrfToken } from "./requests.js";

const PAUSES = [1, 2, 5, 10, 20, 30];

class Refused extends Error {}

for (const box of document.querySelectorAll("[data-attach]")) startAttaching(box);

function startAttaching(box) {
  const input = box.querySelector("input[type=file]");
  input.addEventListener("change", () => input.files[0] && attach(box, input.files[0]));
}

async function attach(box, file) {
  const stop = new AbortController();
  const stopButton = box.querySelector("[data-stop]");
  stopButton.addEventListener("click", () => stop.abort(), { once: true });
  refuse(box, "");
  show(box, 0, file);
  try {
    const { part_size, wanted, part } = await begin(box.dataset.attach, file);
    const all = Math.ceil(file.size / part_size);
    for (const [index, number] of wanted.entries()) {
      show(box, (all - wanted.length + index) / all, file);
      const bytes = file.slice(number * part_size, (number + 1) * part_size);
      await patiently(box, stop.signal, () => send(`${part}${number}`, { part: bytes }, stop.signal));
    }
    show(box, 1, file);
    window.location.reload();
  } catch (problem) {
    box.querySelector("[data-arriving]").hidden = true;
    box.querySelector("input[type=file]").value = "";
    if (stop.signal.aborted) refuse(box, "Stopped. Choose the same file again, and it goes on from there.");
    else refuse(box, problem.message);
  }
}

const begin = (address, file) => send(address, { file_name: file.name, size: file.size });

async function send(address, fields, signal) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  const headers = { "X-CSRFToken": csrfToken(), "HX-Request": "true" };
  const response = await fetch(address, { method: "POST", headers, body, signal });
  if (response.ok) return response.json();
  if (response.status === 422) throw new Refused((await response.json()).refused);
  if (response.status >= 500) throw new Error("The server does not answer.");
  throw new Refused("You are signed out, or this interview is closed. Reload the page.");
}

// Tries again after growing pauses, for as long as the person lets it.
async function patiently(box, signal, act) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (problem) {
      if (problem instanceof Refused || signal.aborted) throw problem;
      tell(box, "No connection. It goes on by itself.");
      await pause(PAUSES[Math.min(tries, PAUSES.length - 1)] * 1000, signal);
    }
  }
}

function pause(milliseconds, signal) {
  return new Promise((done, stopped) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      stopped(new Error("Stopped."));
    });
  });
}

function show(box, share, file) {
  box.querySelector("[data-arriving]").hidden = false;
  box.querySelector("progress").value = share;
  tell(box, `${Math.floor(share * 100)} % of ${file.name}`);
}

function tell(box, words) {
  box.querySelector("[data-told]").textContent = words;
}

function refuse(box, words) {
  const line = box.querySelector("[data-refused]");
  line.textContent = words;
  line.hidden = !words;
}
