// Every page of the desk: whose device this is now, the worker, the forms that are kept, what waits, and leaving.

import { all, cacheOf, drop, everyones, forgetPages, whoIsHere, write } from "./store.js";
import { pump } from "./send.js";
import { clock, notice, sentenceOf } from "./say.js";

const LIST = "/meja/hp/";
const AGAIN = [15, 60, 300]; // seconds until the next try while a page is open and the server does not answer
const own = document.getElementById("saku").dataset; // akun: whose page this is, "?" when it is nobody's; pekerja: the worker's address; tulis: the form for news
let tries = 0, timer;

async function start() {
  if (document.readyState === "loading") await new Promise((done) => addEventListener("DOMContentLoaded", done)); // every script of the page has run
  const before = await whoIsHere();
  const who = own.akun === "?" ? before : own.akun;
  if (who !== before) await write("state", who, "who");
  if (who) await forgetPages(who);
  const forms = who ? document.querySelectorAll("form[data-keep]") : [];
  if (forms.length) {
    const { keep } = await import("./keep.js");
    for (const form of forms) await keep(form, who);
  }
  for (const form of document.querySelectorAll('form[action="/meja/keluar/"]')) form.addEventListener("submit", (event) => leave(event, who));
  for (const drawn of document.querySelectorAll("template[data-simpan]")) offer(drawn, who);
  document.documentElement.dataset.siap = "";
  worker(); // after everything the page needs, so that what it fetches ahead does not hold it up
  if (!who) return othersWait();
  addEventListener("online", go);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && go());
  await go();
  if (own.tulis && document.querySelector(`a[href="${own.tulis}"]`)) keepPage(who, own.tulis, true);
}

globalThis.kirim = go;
globalThis.antre = schedule;

/** Send what waits, and say how it went. */
async function go() {
  clearTimeout(timer);
  const { sent, left } = await pump(async (response) => sentenceOf(new DOMParser().parseFromString(await response.text(), "text/html")));
  for (const [item, address] of sent) arrived(item, address);
  if (left.later) schedule();
  await count(left);
}

function schedule() {
  clearTimeout(timer);
  timer = setTimeout(go, AGAIN[Math.min(tries++, AGAIN.length - 1)] * 1000);
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("kirim")).catch(() => {});
}

function arrived(item, address) {
  tries = 0;
  const box = document.querySelector(`[data-item="${item.id}"]`) ?? bar("terkirim");
  box.replaceChildren(notice("good", `Terkirim ${clock()}`, "Tulisan yang tadi menunggu sudah sampai.", [["Buka", address]]));
}

function bar(name) {
  const id = `saku-${name}`;
  const main = document.querySelector("main");
  const inside = main.querySelector(":scope > .crumbs")?.nextSibling ?? main.firstChild;
  return document.getElementById(id) ?? main.insertBefore(Object.assign(document.createElement("div"), { id, className: "intro" }), inside);
}

async function count(left) {
  const rows = await all("queue", await whoIsHere());
  const refused = rows.filter((row) => row.state === "refused");
  const shown = document.querySelector("[data-item]");
  document.getElementById("saku-menunggu")?.remove();
  if (!rows.length || document.querySelector("[data-daftar]")) return document.dispatchEvent(new Event("saku"));
  if (left.door) return void bar("menunggu").append(notice("you", "Anda perlu masuk lagi", `${rows.length} tulisan menunggu di HP ini.`, [["Masuk", `/meja/masuk/?lanjut=${encodeURIComponent(location.pathname)}`]]));
  if (refused.length) return void (document.querySelector(`[data-item="${refused[0].id}"]`) ?? bar("menunggu")).replaceChildren(notice("bad", `${refused.length} tulisan belum diterima`, refused[0].sentence, [["Lihat dan betulkan", LIST]]));
  if (!shown) bar("menunggu").append(notice("quiet", `${rows.length} tulisan menunggu sinyal`, "Terkirim sendiri begitu ada sinyal.", [["Lihat", LIST]]));
}

/** Whoever leaves a shared phone is told what is still on it. */
async function leave(event, who) {
  const form = event.target;
  if (form.dataset.sure) return;
  event.preventDefault();
  const rows = who ? [...(await all("queue", who)), ...(await all("drafts", who))] : [];
  const go_out = async (wipe) => {
    if (wipe) {
      for (const row of await all("queue", who)) await drop("queue", row.id);
      for (const store of ["drafts", "photos"]) for (const row of await all(store, who)) await drop(store, [who, row.name]);
    }
    await write("state", "", "who");
    await forgetPages();
    form.dataset.sure = "1";
    form.requestSubmit();
  };
  if (!rows.length) return go_out(false);
  bar("keluar").replaceChildren(notice("you", `${rows.length} tulisan belum terkirim`, "Tulisan itu hanya ada di HP ini. Bila Anda keluar, orang lain tidak bisa membacanya; ia menunggu sampai Anda masuk lagi di HP ini.", [
    ["Keluar, biarkan menunggu", () => go_out(false)],
    ["Hapus dari HP ini, lalu keluar", () => go_out(true)],
    ["Tidak jadi keluar", () => document.getElementById("saku-keluar").remove()],
  ]));
  document.getElementById("saku-keluar").scrollIntoView({ block: "center" });
}

async function othersWait() {
  const rows = await everyones("queue");
  if (rows.length && !document.querySelector("[data-daftar]")) bar("menunggu").append(notice("quiet", `${rows.length} tulisan menunggu di HP ini`, "Terkirim sesudah yang menulisnya masuk lagi. Orang lain tidak bisa membacanya."));
}

/** "Simpan untuk dibaca tanpa sinyal": a button in a template that names the pages, one a line. It shows where something can be kept. */
async function offer(drawn, who) {
  if (!who || !("caches" in globalThis)) return;
  const pages = drawn.dataset.simpan.trim().split(/\s+/).filter(Boolean);
  if (!pages.length) return;
  const button = drawn.content.firstElementChild.cloneNode(true);
  const kept = await caches.open(cacheOf(who));
  const has = async () => (await Promise.all(pages.map((page) => kept.match(page)))).every(Boolean);
  const label = button.lastChild;
  const plain = label.textContent;
  const show = async () => { label.textContent = (await has()) ? "Tersimpan di HP ini" : plain; };
  drawn.replaceWith(button);
  button.addEventListener("click", async () => {
    label.textContent = "Sedang disimpan …";
    try {
      for (const page of pages) await keepPage(who, page);
      await show();
    } catch (trouble) {
      label.textContent = trouble.name === "QuotaExceededError" ? "HP ini penuh: belum tersimpan" : "Tanpa sinyal: belum tersimpan. Coba lagi";
    }
  });
  await show();
}

/** Keep a page and its pictures for `who`. `quiet`: only when it is not there yet, and say nothing. */
async function keepPage(who, page, quiet = false) {
  if (!("caches" in globalThis)) return;
  const kept = await caches.open(cacheOf(who));
  if (quiet && (await kept.match(page))) return;
  const answer = await fetch(page).catch((trouble) => { if (!quiet) throw trouble; });
  if (!answer?.ok || answer.redirected) { if (quiet) return; throw new Error(page); }
  const text = await answer.clone().text();
  await kept.put(page, answer);
  for (const [, picture] of text.matchAll(/<img[^>]+src="(\/meja\/foto\/[^"]+)"/g)) await kept.add(picture).catch(() => {});
}

async function worker() {
  if (!own.pekerja || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register(own.pekerja, { scope: "/meja/", type: "module", updateViaCache: "none" }).catch(() => {});
}

start().catch(() => { document.documentElement.dataset.siap = "tanpa-simpanan"; });
