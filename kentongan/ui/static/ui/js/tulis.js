// Writing a story on a phone. Without a signal the questions that ride along in the page are answered here, one at a time, and sent at once
// when there is one; letters are counted while one types; the WhatsApp text is shown beside.

const form = document.querySelector("form[data-langkah]");
const rest = form?.querySelector("template[data-lanjutan]");
let first; // where "Kembali" of the page's own first question leads: a page of the server

/** The next question, taken out of the page's template; null after the last one. */
function take() {
  const next = rest.content.querySelector("[data-layar]");
  if (next) rest.content.removeChild(next);
  return next;
}

const screens = () => [...form.querySelectorAll("section[data-layar]")];

function show(screen) {
  for (const one of screens()) one.hidden = one !== screen;
  const keys = [...screens(), ...rest.content.querySelectorAll("[data-layar]")].map((one) => one.dataset.layar);
  const at = keys.indexOf(screen.dataset.layar);
  const [skip, back] = [form.querySelector("[data-lewati]"), form.querySelector("[data-kembali]")];
  first ??= back.value;
  skip.value = keys[at + 1] ?? "";
  skip.hidden = "perlu" in screen.dataset || !skip.value;
  skip.textContent = skip.dataset.lewati;
  back.value = keys[at - 1] ?? first;
  back.hidden = !back.value;
  screen.querySelector("h1").scrollIntoView({ block: "start" });
  screen.querySelector("input:not([type=hidden],[type=file]), textarea, select")?.focus({ preventScroll: true });
}

function add(screen) {
  const all = screens();
  all[all.length - 1].after(screen);
  return screen;
}

/** Sent without a signal: instead of waiting here, the next question comes. Only the last one, or stopping for today, waits. */
function later(event) {
  const to = event.detail.to;
  if (to === "nanti") return;
  const all = screens();
  const here = all.findIndex((one) => !one.hidden);
  const place = to && to === all[here - 1]?.dataset.layar ? all[here - 1] : all[here + 1] ?? add_next();
  if (!place) return;
  event.preventDefault();
  event.detail.go = () => show(place);
}

function add_next() {
  const next = take();
  return next && add(next);
}

/** Words given back from the phone: every question they answer is put on the page first. */
function given_back(event) {
  const names = new Set(event.detail.fields.filter(([, text]) => text).map(([name]) => name));
  const asked = (screen) => [...screen.querySelectorAll("[name]")].some((one) => one.name !== "layar" && one.type !== "checkbox" && one.tagName !== "SELECT" && names.has(one.name));
  while ([...rest.content.querySelectorAll("[data-layar]")].some(asked)) add(take());
  const all = screens();
  if (all.length > 1) show(all[all.length - 1]);
}

if (form) {
  form.addEventListener("tertunda", later);
  form.addEventListener("dikembalikan", given_back);
}

for (const field of document.querySelectorAll("[data-most]")) {
  const most = Number(field.dataset.most);
  const line = Object.assign(document.createElement("p"), { className: "help" });
  line.setAttribute("role", "status");
  field.after(line);
  const count = () => {
    const left = most - [...field.value].length;
    line.textContent = left < 0 ? `${-left} huruf terlalu panjang` : `Sisa ${left} dari ${most} huruf`;
    line.classList.toggle("bad-text", left < 0);
  };
  field.addEventListener("input", count);
  count();
}

const beside = document.querySelector("[data-wa]");
if (beside) {
  const text = beside.querySelector(".says");
  const value = (name) => document.querySelector(`[name=${name}]`).value.trim();
  const draw = () => { text.textContent = `*${value("headline")}*\n\n${value("summary")}\n\n${beside.dataset.kelompok}\n${beside.dataset.wa}`; };
  document.addEventListener("input", draw);
  draw();
  beside.hidden = false;
}
