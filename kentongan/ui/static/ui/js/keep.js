// Forms marked `data-keep`: kept on this phone while they are typed, and sent as soon as there is a signal. The value of the attribute
// names the draft; empty, the form's address does. The form needs `{% once %}`. Without this script it is an ordinary form.
//
// A form of several screens hears two events: `dikembalikan` {fields} before words kept here are filled in, and `tertunda` {to} when a
// sending certainly did not leave the phone; prevented, it stays a draft and is not put in the queue (`to` is the button's `ke`), and once
// that is kept the listener's `detail.go` is called.
// An element with `data-saved` says when the draft was kept last; without one a line is added to the form.

import { all, drop, newKey, read, write } from "./store.js";
import { alone, sendNow } from "./send.js";
import { clock, notice, sentenceOf } from "./say.js";

const OWN = new Set(["csrfmiddlewaretoken", "kunci"]);
const TYPING = 300; // ms after the last letter
let light; // how photos are made light: only where there are photos
const FULL = "Penyimpanan HP ini penuh.";

function nameOf(form) {
  if (form.dataset.keep) return form.dataset.keep;
  const address = new URL(form.getAttribute("action") || location.href, location.href);
  for (const mark of ["kirim", "selesai"]) address.searchParams.delete(mark);
  return address.pathname + address.search;
}

/** The page a form stands on, to come back to. */
function pageOf() {
  const address = new URL(location.href);
  for (const mark of ["kirim", "selesai"]) address.searchParams.delete(mark);
  return address.pathname + address.search;
}

export function fieldsOf(form, submitter) {
  const words = [...new FormData(form, submitter)].filter(([name, value]) => typeof value === "string" && !OWN.has(name));
  const files = [...form.querySelectorAll("input[type=file][name]")].flatMap((input) => [...input.files].map((file) => [input.name, file]));
  return { fields: words, files };
}

function fill(form, fields) {
  const left = new Map();
  for (const [name, text] of fields) left.set(name, [...(left.get(name) ?? []), text]);
  for (const control of form.elements) {
    const texts = left.get(control.name);
    if (!control.name || OWN.has(control.name) || control.type === "file" || control.type === "submit") continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = texts?.includes(control.value) ?? false;
    else if (control.multiple) for (const option of control.options) option.selected = texts?.includes(option.value) ?? false;
    else if (texts?.length) control.value = texts.shift();
  }
  for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("input,textarea")].some((one) => one.value && one.type !== "checkbox" && one.type !== "radio");
}

function refill(form, files) {
  for (const input of form.querySelectorAll("input[type=file][name]")) {
    const mine = (files ?? []).filter(([name]) => name === input.name);
    if (!mine.length) continue;
    const bag = new DataTransfer();
    for (const [, file] of mine) bag.items.add(file);
    input.files = bag.files;
    tell(input, bag.files, "");
  }
}

function tell(input, files, note) {
  const box = input.closest(".field") ?? input.parentElement;
  const line = box.querySelector("[data-told]") ?? box.appendChild(Object.assign(document.createElement("p"), { className: "help" }));
  line.dataset.told = "";
  line.setAttribute("role", "status");
  const size = [...files].map((file) => `${file.name}, ${Math.max(1, Math.round(file.size / 1024))} kB`).join("; ");
  line.textContent = [size && `Siap dikirim: ${size}.`, note].filter(Boolean).join(" ");
}

/** Look after one form of `who`. `sent`: what the server just gave back with an answer, so that it is not filled over. */
export async function keep(form, who, sent = null) {
  const key = form.elements.kunci;
  if (!key || form.dataset.kept) return;
  form.dataset.kept = "1";
  const name = sent?.name ?? nameOf(form);
  const draft = { who, name, key: sent?.key ?? newKey(), page: pageOf() };
  let timer, ready = Promise.resolve(), full = false;

  const place = () => form.querySelector("[data-said]") ?? form.insertBefore(document.createElement("div"), form.firstChild);
  const say = (...given) => { const here = place(); here.dataset.said = ""; here.replaceChildren(notice(...given)); return here; };
  const hush = () => form.querySelector("[data-said]")?.remove();

  async function save() {
    clearTimeout(timer);
    timer = undefined;
    const { fields } = fieldsOf(form);
    try {
      await write("drafts", { ...draft, at: Date.now(), fields });
      if (full) { full = false; hush(); }
      saved();
    } catch {
      full = true;
      say("bad", FULL, "Tulisan ini belum tersimpan di HP, tetapi masih utuh di layar. Jangan tutup halaman ini; kirim sekarang, atau hapus beberapa foto dari HP lalu ketik lagi.");
    }
  }

  async function savePhotos() {
    const { files } = fieldsOf(form);
    try {
      await write("photos", { who, name, files });
    } catch {
      await drop("photos", [who, name]).catch(() => {});
      say("bad", FULL, "Tulisan Anda tersimpan, fotonya tidak. Foto tetap ada di galeri: pilih lagi saat mengirim, atau kosongkan sedikit ruang dulu.");
    }
  }

  function saved() {
    const line = document.querySelector("[data-saved]") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "meta" }));
    line.dataset.saved = "";
    line.textContent = `Tersimpan di HP ini ${clock()}`;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, TYPING);
  }

  async function chosen(input) {
    tell(input, [], "Foto sedang diperkecil …");
    const { lighten } = await (light ??= import("./photo.js"));
    const lighter = [];
    for (const file of input.files) lighter.push(await lighten(file)); // one after the other: each takes the memory of a whole picture
    const bag = new DataTransfer();
    for (const { file } of lighter) bag.items.add(file);
    input.files = bag.files;
    tell(input, bag.files, lighter.map(({ note }) => note).filter(Boolean).join(" "));
    await save();
    await savePhotos();
  }

  if (form.querySelector("[type=file]")) light ??= import("./photo.js");
  form.addEventListener("input", later);
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") ready = ready.then(() => chosen(event.target));
    else later();
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden" && timer) save(); });
  addEventListener("pagehide", () => { if (timer) save(); });

  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    const button = event.submitter;
    button?.setAttribute("aria-disabled", "true");
    try {
      await ready;
      clearTimeout(timer);
      timer = undefined;
      await submit(button);
    } finally {
      delete form.dataset.busy;
      button?.removeAttribute("aria-disabled");
    }
  });

  async function submit(button) {
    const item = { ...draft, action: new URL(form.getAttribute("action") || location.href, location.href).href, at: Date.now(), state: "waiting", ...fieldsOf(form, button) };
    try {
      if ((await all("queue", who)).some((one) => one.key === item.key)) draft.key = item.key = newKey(); // the same form lay open twice
      item.id = await write("queue", item);
    } catch {
      // no room: it is sent from the screen, and the screen stays as it is
    }
    const answer = await sendNow(item, form.elements.csrfmiddlewaretoken?.value);
    if (answer.done) return location.assign(answer.done);
    if (answer.shown) return swap(await answer.shown.text(), []);
    if (answer.refused) return refuse(item, answer.refused);
    const put = new CustomEvent("tertunda", { cancelable: true, detail: { to: button?.name === "ke" ? button.value : "", go: null } });
    if (answer.unsent && !form.dispatchEvent(put)) {
      if (item.id) await drop("queue", item.id);
      await save();
      return put.detail.go?.(); // only now may somebody tap again
    }
    if (!item.id) return say("bad", `${answer.door ? "Anda perlu masuk lagi" : "Sedang tanpa sinyal"}. ${FULL}`, "Tulisan masih utuh di layar ini saja. Jangan tutup halamannya; coba kirim lagi sebentar lagi.");
    await drop("drafts", [who, name]);
    await drop("photos", [who, name]);
    if (answer.door) askToSignIn(item);
    else wait(item);
    globalThis.antre?.();
  }

  /** The words stay in the draft; the page says what the server says, with the form as it gave it back. */
  async function refuse(item, response) {
    if (response.headers.get("X-Formulir") === "lain") draft.key = item.key = newKey();
    if (item.id) { await write("queue", item); await takeBack(item); }
    await swap(await response.text(), item.files);
  }

  async function swap(html, files) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = page.querySelector("main");
    if (!main) return say("bad", "Belum diterima", sentenceOf(page));
    document.title = page.title;
    document.querySelector("main").replaceWith(main);
    for (const one of main.querySelectorAll("form[data-keep]")) {
      const mine = nameOf(one) === name || one.querySelector("[aria-invalid]") || main.querySelectorAll("form[data-keep]").length === 1;
      if (mine) refill(one, files);
      await keep(one, who, mine ? { name, key: draft.key } : null);
    }
    (main.querySelector("[autofocus], [role=alert]") ?? main.querySelector("h1"))?.scrollIntoView({ block: "center" });
    main.querySelector("[autofocus]")?.focus();
  }

  /** Words of the notice that stands in the place of the form while it waits. */
  function standBy(item, title, text, label, way) {
    const box = say("quiet", title, text, [
      [label, way],
      ["Ubah lagi", async () => location.assign((await takeBack(item)) ? item.page : "/meja/hp/")],
    ]);
    form.replaceWith(box);
    box.tabIndex = -1;
    box.focus();
    box.dataset.item = item.id;
  }

  const wait = (item) => standBy(item, "Sedang tanpa sinyal", `Tulisan ${item.files.length ? `dan ${item.files.length} foto ` : ""}tersimpan di HP ini. Terkirim sendiri begitu ada sinyal. Boleh ditutup.`, "Kirim sekarang", () => globalThis.kirim?.());
  const askToSignIn = (item) => standBy(item, "Anda perlu masuk lagi", "Tulisan tersimpan di HP ini dan terkirim sesudah Anda masuk.", "Masuk", `/meja/masuk/?lanjut=${encodeURIComponent(item.page)}`);

  if (sent) {
    key.value = draft.key;
    return;
  }
  const waiting = (await all("queue", who)).filter((one) => one.name === name);
  const refused = waiting.find((one) => one.state === "refused");
  if (refused) await takeBack(refused);
  const found = await read("drafts", [who, name]);
  if (found) {
    draft.key = found.key;
    form.dispatchEvent(new CustomEvent("dikembalikan", { detail: { fields: found.fields } }));
    fill(form, found.fields);
    refill(form, (await read("photos", [who, name]))?.files);
    say("you", refused?.sentence ? `Belum diterima: ${refused.sentence}` : `Tulisan Anda dari ${clock(found.at)} dikembalikan`, refused ? "Tulisan Anda masih utuh di bawah ini. Betulkan, lalu kirim lagi." : "Lanjutkan saja, atau mulai dari awal.", [
      ["Buang tulisan ini", async () => { await drop("drafts", [who, name]); await drop("photos", [who, name]); location.reload(); }],
    ]);
    const fold = form.closest("details");
    if (fold) fold.open = true;
  }
  key.value = draft.key;
}

/** Out of the queue and back into the form it came from; false when it was sent meanwhile. */
export const takeBack = ({ id }) =>
  alone(async () => {
    const item = await read("queue", id);
    if (!item) return false;
    const { who, name, key, page, at, fields, files } = item;
    await write("drafts", { who, name, key, page, at, fields });
    await write("photos", { who, name, files }).catch(() => {});
    await drop("queue", id);
    return true;
  });
