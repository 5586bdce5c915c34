// Words that wait on this device, sent from any page, and cleared when their person signs out.
import { newId } from "./ids.js";
import { Server } from "./server.js";
import { clearStore, openStore } from "./store.js";
import { Sync } from "./sync.js";
import { Tabs } from "./tabs.js";

const PATIENCE = 10_000;
const SILENT = { answer() {}, part() {}, present() {}, state() {}, refused() {}, kept() {}, ready() {} };

// How many answers and other changes of this person the server does not have yet.
export async function countWaiting(user) {
  return (await waiting(await openStore(user))).length;
}

export async function sendWaiting(user) {
  const store = await openStore(user);
  const interviews = new Set((await waiting(store)).map(([key]) => key[1]));
  for (const interview of interviews) await sendFor(store, user, interview);
  return (await waiting(store)).length;
}

export { clearStore };

async function waiting(store) {
  return [...(await store.all("draft")), ...(await store.all("change"))];
}

async function sendFor(store, user, interview) {
  const page = newId();
  const tabs = new Tabs(user, page, () => {});
  await tabs.isKnown;
  const sync = new Sync({
    interview,
    user,
    page,
    store,
    server: new Server(`/interviews/${interview}/changes`, user),
    tabs,
    heard: SILENT,
    spot: () => null,
  });
  await sync.start();
  await sync.settled(PATIENCE);
  sync.stop();
}
