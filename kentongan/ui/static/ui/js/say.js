// Sentences on the page, in the shape of the component `notice`.

const BEATS = { you: "M4 4h0m14 0h0m14 0h28", good: "M4 4h26m16 0h26", bad: "M4 4h0m14 0h0m14 0h0m14 0h0m14 0h0", quiet: "M4 4h14m38 0h14" };

export function element(tag, more = {}, ...inside) {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...inside);
  return made;
}

/** `13.04` on this device's clock. */
export const clock = (at = Date.now()) => new Date(at).toLocaleTimeString("id-ID", { hour: "2-digit", minute: "2-digit", hour12: false }).replace(":", ".");

/** A notice with a title, a sentence and what can be done: pairs of a label and an address or a function. */
export function notice(kind, title, text = "", ways = []) {
  const box = element("div", { className: `notice ${kind}` });
  box.setAttribute("role", kind === "bad" ? "alert" : "status");
  box.innerHTML = `<svg class="beat" viewBox="0 0 76 8" aria-hidden="true"><path d="${BEATS[kind]}"/></svg>`;
  box.append(element("p", {}, element("strong", { textContent: title })));
  if (text) box.append(element("p", { textContent: text }));
  if (ways.length) box.append(element("p", { className: "actions" }, ...ways.map(([label, way]) => step(label, way))));
  return box;
}

export function step(label, way) {
  if (typeof way === "string") return element("a", { className: "button plain", href: way, textContent: label });
  const button = element("button", { className: "button plain", type: "button", textContent: label });
  button.addEventListener("click", way);
  return button;
}

/** What a refusing page of the server says. */
export function sentenceOf(page) {
  const said = page.querySelector("main .error") ?? page.querySelector("main [role=alert] p, main .notice p");
  return said?.textContent.trim().replace(/\s+/g, " ") || "Isiannya perlu dibetulkan dulu.";
}
