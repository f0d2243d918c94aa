// Sends what was written, in the order it was written, each under its key: the server does it once however often it arrives.

import { all, drop, read, whoIsHere, write } from "./store.js";

const TOKEN = "/meja/hp/tanda/";
const DOOR = /^\/meja\/(masuk|kode|slip)\//;
const SLOWEST = 8000; // bytes a second a sending may take before it counts as cut, after the first minute

/** Who is signed in, and a fresh token for their forms. Raises when there is no signal. */
export async function token() {
  const answer = await fetch(TOKEN, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(30000), cache: "no-store" });
  if (!answer.ok) throw new Error(`token: ${answer.status}`);
  return answer.json();
}

function body(item, csrf) {
  const form = new FormData();
  for (const [name, text] of item.fields) form.append(name, text);
  for (const [name, file] of item.files ?? []) form.append(name, file, file.name);
  form.set("csrfmiddlewaretoken", csrf);
  form.set("kunci", item.key);
  return form;
}

/**
 * Send one thing. `csrf` is the token of the form it was typed in; without it a fresh one is fetched.
 * Answers {done: address}, {shown: response} (done, and the answer is a page), {refused: response}, {door: true} (sign in first) or
 * {later: true} (no signal, or trouble on the server's side), with `unsent` when it certainly never left this phone.
 */
export async function send(item, csrf) {
  let unsent = true;
  try {
    for (const mine of csrf ? [csrf, ""] : [""]) {
      const given = mine ? { csrf: mine, akun: item.who } : await token();
      if (given.akun !== item.who) return { door: true };
      const size = (item.files ?? []).reduce((sum, [, file]) => sum + file.size, 0);
      unsent = navigator.onLine === false;
      const answer = await fetch(item.action, {
        method: "POST",
        body: body(item, given.csrf),
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(60000 + (size / SLOWEST) * 1000),
      });
      if (mine && answer.headers.get("X-Formulir") === "basi") continue;
      return await understood(answer);
    }
  } catch {
    // no signal, cut on the way, or no answer in time
  }
  return { later: true, unsent };
}

async function understood(answer) {
  const path = new URL(answer.url).pathname;
  if (answer.redirected && DOOR.test(path)) return { door: true };
  if (answer.status >= 500 || answer.status === 408 || answer.status === 429) return { later: true };
  if (!answer.ok) return { refused: answer };
  if ((answer.headers.get("Content-Type") ?? "").startsWith("application/json")) return { done: (await answer.json()).ke };
  return answer.redirected ? { done: answer.url } : { shown: answer };
}

/** Once at a time on this device, over all open pages and the worker. */
export const alone = (work) => (navigator.locks ? navigator.locks.request("kentongan-kirim", work) : work());

/** Everything about one form that is no longer needed once the server has it. */
export async function forget(item) {
  if (item.id) await drop("queue", item.id);
  const draft = await read("drafts", [item.who, item.name]);
  if (draft?.key === item.key && JSON.stringify(draft.fields) === JSON.stringify(item.fields)) {
    await drop("drafts", [item.who, item.name]);
    await drop("photos", [item.who, item.name]);
  }
}

async function waiting(sentence, before) {
  const sent = [];
  const who = await whoIsHere();
  for (const { id } of who ? await all("queue", who) : []) {
    const item = id < before && (await read("queue", id)); // it may have been taken back meanwhile
    if (!item || (item.state === "refused" && item.sentence)) continue;
    const answer = await send(item);
    if (answer.later || answer.door) return { sent, left: answer };
    if (answer.refused) {
      await write("queue", { ...item, state: "refused", sentence: await sentence(answer.refused) });
    } else {
      await forget(item);
      sent.push([item, answer.done ?? item.page]);
    }
  }
  return { sent, left: {} };
}

/**
 * Send what waits, in order. What is refused stays, marked, and does not hold up the rest; without a signal everything stays.
 * `sentence(response)` reads what the server said. Answers {sent: [item, address] …, left: {later|door}}.
 */
export const pump = (sentence = async () => "") => alone(() => waiting(sentence, Infinity));

/** Send this one now, after what was written before it. */
export const sendNow = (item, csrf) =>
  alone(async () => {
    const { left } = item.id ? await waiting(async () => "", item.id) : { left: {} };
    const answer = left.later || left.door ? left : await send(item, csrf);
    if (answer.done || answer.shown) await forget(item);
    return answer;
  });
