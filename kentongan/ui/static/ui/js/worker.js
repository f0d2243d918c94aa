// The service worker of /meja/: gives the shell and the pages this person chose when there is no signal, and sends what waits when it is back.
// It never answers from memory while the network answers, so an old worker cannot strand anybody on an old page.

import { cacheOf, drop, forgetPages, newKey, read, whoIsHere, write } from "./store.js";
import { pump, token } from "./send.js";

const OFFLINE = "/meja/tanpa-sinyal/";

/** `form` is the address of the form for news. */
export function serve(version, files, form) {
  const shell = `kulit-${version}`;

  addEventListener("install", (event) => {
    event.waitUntil(caches.open(shell).then((kept) => kept.addAll([OFFLINE, ...files])).then(() => skipWaiting()));
  });

  addEventListener("activate", (event) => {
    const old = (name) => name.startsWith("kulit-") && name !== shell;
    event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => clients.claim()));
  });

  addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== location.origin) return;
    if (pathname === "/meja/keluar/" && request.method === "POST") event.respondWith(left(request, shell));
    else if (pathname === "/meja/hp/bagi/" && request.method === "POST") event.respondWith(shared(request, form));
    else if (request.mode === "navigate") event.respondWith(page(request, pathname, shell));
    else if (request.method === "GET" && pathname.startsWith("/static/")) event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
    else if (request.method === "GET" && pathname.startsWith("/meja/foto/")) event.respondWith(fetch(request).catch(() => mine(request)));
  });

  addEventListener("sync", (event) => {
    if (event.tag === "kirim") event.waitUntil(pump().then(({ left: { later } }) => { if (later) throw new Error("later"); }));
  });
}

/** What is kept for whoever works here now; a network error when there is nothing. A cache is one account's: the cookie a page varies by is theirs. */
async function mine(request) {
  const who = await whoIsHere();
  const kept = who && (await caches.has(cacheOf(who))) ? await (await caches.open(cacheOf(who))).match(request, { ignoreSearch: true, ignoreVary: true }) : null;
  return kept ?? Response.error();
}

async function page(request, pathname, shell) {
  try {
    await leaveFirst();
    const answer = await fetch(request);
    if (request.method === "GET") await renew(pathname, answer).catch(() => {}); // a full or broken memory never costs a good answer
    return answer;
  } catch {
    const kept = request.method === "GET" ? await mine(request) : Response.error();
    return kept.type === "error" ? (await (await caches.open(shell)).match(OFFLINE)) ?? kept : kept;
  }
}

/** A kept page follows what the network says: newer words replace it; gone or no longer mine, it goes. */
async function renew(pathname, answer) {
  const who = await whoIsHere();
  if (!who || !(await caches.has(cacheOf(who)))) return;
  const kept = await caches.open(cacheOf(who));
  if (!(await kept.match(pathname, { ignoreVary: true }))) return;
  if (answer.ok && !answer.redirected) await kept.put(pathname, answer.clone());
  else if (answer.status >= 400 && answer.status < 500) await kept.delete(pathname, { ignoreVary: true });
}

/** Whoever signs out leaves no page behind, signal or not; without one, the server hears of it before anybody comes in again. */
async function left(request, shell) {
  await write("state", "", "who");
  await forgetPages();
  try {
    return await fetch(request);
  } catch {
    await write("state", true, "leaving");
    return (await (await caches.open(shell)).match(OFFLINE)) ?? Response.error();
  }
}

async function leaveFirst() {
  if (!(await read("state", "leaving"))) return;
  const form = new FormData();
  form.set("csrfmiddlewaretoken", (await token()).csrf);
  const answer = await fetch("/meja/keluar/", { method: "POST", body: form });
  if (answer.ok) await drop("state", "leaving");
}

/** A photo or a text shared from another app becomes a draft of the form for news. */
async function shared(request, page) {
  const who = await whoIsHere();
  const form = await request.formData();
  const text = ["title", "text", "url"].map((name) => form.get(name)).filter(Boolean).join("\n");
  const files = form.getAll("upload").filter((file) => file instanceof File && file.size).map((file) => ["upload", file]);
  const told = `${page}?layar=apa`; // the question the words answer; the photos belong to the first one
  const draft = (name, fields) => write("drafts", { who, name, key: newKey(), page: name, at: Date.now(), fields });
  if (who && text) await draft(told, [["what", text]]);
  if (who && files.length) {
    await draft(page, []);
    await write("photos", { who, name: page, files }).catch(() => {});
  }
  return Response.redirect(files.length ? page : told, 303);
}
