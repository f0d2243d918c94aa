// What this device keeps for whoever works here now: what waits, what is half written, what can be read without a signal.

import { all, cacheOf, drop, read, whoIsHere } from "./store.js";
import { takeBack } from "./keep.js";
import { clock, element, step } from "./say.js";

const day = (at) => `${new Date(at).toLocaleDateString("id-ID", { day: "numeric", month: "short" })}, ${clock(at)}`;
const first = (row) => row.fields.filter(([name]) => !/version|kunci|key|region|kind|layar/.test(name)).map(([, text]) => text).find((text) => text.trim().length > 3) ?? "Tulisan tanpa kata";
const short = (text) => (text.length > 90 ? `${text.slice(0, 90)} …` : text);

function show(name, rows) {
  const list = document.querySelector(`[data-daftar=${name}]`);
  list.replaceChildren(...rows);
  document.querySelector(`[data-kosong=${name}]`).hidden = rows.length > 0;
}

const row = (title, meta, ...steps) => element("li", { className: "stack-small" }, element("p", {}, element("strong", { textContent: title })), element("p", { className: "meta", textContent: meta }), element("p", { className: "actions" }, ...steps));

async function waiting(item) {
  const photos = item.files?.length ? ` · ${item.files.length} foto` : "";
  const meta = item.state === "refused" ? `Belum diterima: ${item.sentence || "buka untuk melihat alasannya."}` : `Ditulis ${day(item.at)}${photos} · menunggu sinyal`;
  return row(short(first(item)), meta,
    step(item.state === "refused" ? "Buka dan betulkan" : "Ubah lagi", async () => { if (item.state !== "refused") await takeBack(item); location.assign(item.page); }),
    step("Hapus dari HP", async () => { await drop("queue", item.id); await showAll(); }));
}

async function draft(item) {
  return row(short(first(item)), `Belum dikirim · terakhir ditulis ${day(item.at)}`,
    step("Lanjutkan", item.page),
    step("Hapus dari HP", async () => { await drop("drafts", [item.who, item.name]); await drop("photos", [item.who, item.name]); await showAll(); }));
}

async function page(kept, asked) {
  const text = await (await kept.match(asked)).text();
  const title = new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent.trim() ?? asked.url;
  const link = element("a", { href: new URL(asked.url).pathname, textContent: title });
  return element("li", { className: "stack-small" }, element("p", {}, link), element("p", { className: "actions" }, step("Hapus dari HP", async () => { await kept.delete(asked); await showAll(); })));
}

async function showAll() {
  const who = await whoIsHere();
  const kept = who && "caches" in globalThis ? await caches.open(cacheOf(who)) : null;
  const pages = kept ? (await kept.keys()).filter((asked) => /^\/meja\/kabar\/\d+\/$/.test(new URL(asked.url).pathname)) : [];
  show("menunggu", await Promise.all((who ? await all("queue", who) : []).map(waiting)));
  show("tulisan", await Promise.all((who ? await all("drafts", who) : []).map(draft)));
  show("bacaan", await Promise.all(pages.map((asked) => page(kept, asked))));
  for (const drawn of document.querySelectorAll("template[data-formulir]")) if (kept && (await kept.match(drawn.dataset.formulir))) drawn.replaceWith(drawn.content);
}

document.addEventListener("saku", showAll);
showAll();
