addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  const gone = async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    await registration.unregister();
    for (const page of await clients.matchAll({ type: "window" })) await page.navigate(page.url);
  };
  event.waitUntil(gone());
});
