// Reads a page's text aloud with the device's own voice. The button stays hidden where there is none.
// One sentence an utterance: long ones are cut off by some phones, and pausing is not kept by others.

const button = document.querySelector("[data-listen]");
const speech = window.speechSynthesis;

const indonesian = () => speech.getVoices().find((voice) => /^(id|in|ind)\b/i.test(voice.lang));

const sentences = () =>
  [...document.querySelectorAll(button.dataset.listen)]
    .flatMap((part) => [...(part.matches(".body") ? part.querySelectorAll("h2,h3,p,li,td") : [part])])
    .flatMap((part) => part.textContent.replace(/\s+/g, " ").match(/[^.!?]+[.!?]*\s*/g) ?? [])
    .map((text) => text.trim())
    .filter(Boolean);

let reading = false;
const label = button?.querySelector("span");
const words = label?.textContent;

function show(now) {
  reading = now;
  label.textContent = now ? button.dataset.stop : words;
  button.setAttribute("aria-pressed", String(now));
}

function stop() {
  speech.cancel();
  show(false);
}

function start() {
  const voices = speech.getVoices();
  const voice = indonesian();
  if (voices.length && !voice) {
    label.textContent = button.dataset.none;
    return;
  }
  speech.cancel();
  const texts = sentences();
  texts.forEach((text, n) => {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = "id-ID";
    if (voice) spoken.voice = voice;
    if (n === texts.length - 1) spoken.onend = () => show(false);
    spoken.onerror = () => show(false);
    speech.speak(spoken);
  });
  show(texts.length > 0);
}

if (button && speech && window.SpeechSynthesisUtterance) {
  button.hidden = false;
  button.addEventListener("click", () => (reading ? stop() : start()));
  window.addEventListener("pagehide", () => speech.cancel());
}
