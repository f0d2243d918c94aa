// "Pakai posisi HP saya": asks only when a finger asks, rounds here to two decimals (about 1 km), and sends nothing finer.

const SIGNS = 2;
const place = document.querySelector("[data-position]");

function sent({ coords }) {
  const rounded = `${coords.latitude.toFixed(SIGNS)},${coords.longitude.toFixed(SIGNS)}`;
  location.assign(`${place.dataset.position}?dekat=${encodeURIComponent(rounded)}`);
}

if (place && "geolocation" in navigator && window.isSecureContext) {
  const says = place.querySelector("[role=status]");
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => {
    says.textContent = place.dataset.asking;
    navigator.geolocation.getCurrentPosition(sent, (error) => {
      says.textContent = error.code === error.PERMISSION_DENIED ? place.dataset.denied : place.dataset.failed;
    }, { enableHighAccuracy: false, timeout: 15000, maximumAge: 600000 });
  });
}
