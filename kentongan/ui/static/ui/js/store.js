// What this device keeps, in IndexedDB. Everything belongs to one account ("who"): nobody else on the same phone is shown it.
//
//   drafts  [who, name] → {who, name, key, page, at, fields}    what is being typed; `at` is only shown, never compared
//   photos  [who, name] → {who, name, files}                    what was chosen in the same form: apart, so that a full phone keeps words
//   queue   1, 2, 3 …   → {who, name, key, page, action, at, fields, files, state, sentence}    sent in this order
//   state   name → value                                       `who` works here now, "" when nobody is signed in

const SHAPES = {
  drafts: { keyPath: ["who", "name"] },
  photos: { keyPath: ["who", "name"] },
  queue: { keyPath: "id", autoIncrement: true },
  state: {},
};

let opened;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("kentongan", 1);
    asked.onupgradeneeded = () => {
      for (const [name, shape] of Object.entries(SHAPES)) {
        if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name, shape);
      }
    };
    asked.onsuccess = () => {
      asked.result.onversionchange = () => { asked.result.close(); opened = undefined; };
      asked.result.onclose = () => { opened = undefined; };
      resolve(asked.result);
    };
    asked.onerror = asked.onblocked = () => { opened = undefined; reject(asked.error ?? new Error("blocked")); };
  });
  return opened;
}

async function ask(store, mode, work) {
  const run = (await database()).transaction(store, mode);
  return new Promise((resolve, reject) => {
    const asked = work(run.objectStore(store));
    run.oncomplete = () => resolve(asked.result);
    run.onabort = run.onerror = () => reject(run.error ?? asked.error);
  });
}

export const read = (store, key) => ask(store, "readonly", (rows) => rows.get(key));
export const all = async (store, who) => (await ask(store, "readonly", (rows) => rows.getAll())).filter((row) => row.who === who);
export const everyones = (store) => ask(store, "readonly", (rows) => rows.getAll());
export const write = (store, row, key) => ask(store, "readwrite", (rows) => rows.put(row, key));
export const drop = (store, key) => ask(store, "readwrite", (rows) => rows.delete(key));

/** 128 random bits: names one sending. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const whoIsHere = async () => (await read("state", "who")) ?? "";
export const cacheOf = (who) => `akun-${who}`;

/** Forget the pages kept for everybody but `who`. */
export async function forgetPages(who = "") {
  if (!("caches" in globalThis)) return;
  const names = (await caches.keys()).filter((name) => name.startsWith("akun-") && name !== cacheOf(who));
  await Promise.all(names.map((name) => caches.delete(name)));
}
