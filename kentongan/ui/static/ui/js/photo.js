// Makes a photo light before it travels: longest side 1600 pixels, the right way up, as JPEG. What cannot be read here goes as it is.

const LONGEST = 1600;
const QUALITY = 0.82;
const LIGHT = 300_000; // bytes: smaller ones are left alone
const MOST = 64_000_000; // pixels: a cheap phone has no memory to unfold more (4 bytes each)
const HEAD = 256 * 1024;

/** {file, note}: the photo to send, and a sentence when it could not be made light. */
export async function lighten(file) {
  if (!file.type.startsWith("image/") && !/\.(jpe?g|png|webp|heic|heif|avif)$/i.test(file.name)) return { file };
  const pixels = await size(file);
  if (pixels > MOST) {
    const millions = Math.round(pixels / 1e6);
    return { file, note: `Foto ini ${millions} juta titik: terlalu besar untuk diperkecil di HP ini, jadi dikirim apa adanya. Bila ditolak, potret lagi dengan ukuran sedang.` };
  }
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return { file, note: "Foto ini tidak bisa dibaca di HP ini, jadi dikirim apa adanya. Bila ditolak, potret lagi atau pilih foto lain." };
  }
  try {
    const part = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    if (part === 1 && file.size <= LIGHT) return { file };
    const drawn = await draw(picture, Math.round(picture.width * part), Math.round(picture.height * part));
    return { file: drawn && drawn.size < file.size ? new File([drawn], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file };
  } catch {
    return { file, note: "HP ini kehabisan ruang untuk memperkecil foto, jadi foto dikirim apa adanya." };
  } finally {
    picture.close();
  }
}

function draw(picture, width, height) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const pen = canvas.getContext("2d", { alpha: false });
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

/** How many pixels a JPEG or PNG says it has, read from its head without unfolding it; 0 when it does not say. */
async function size(file) {
  const head = new DataView(await file.slice(0, HEAD).arrayBuffer());
  if (head.byteLength > 24 && head.getUint32(0) === 0x89504e47) return head.getUint32(16) * head.getUint32(20);
  if (head.byteLength < 4 || head.getUint16(0) !== 0xffd8) return 0;
  for (let at = 2; at + 9 < head.byteLength; at += 2 + head.getUint16(at + 2)) {
    const mark = head.getUint16(at);
    if ((mark & 0xfff0) === 0xffc0 && ![0xffc4, 0xffc8, 0xffcc].includes(mark)) return head.getUint16(at + 5) * head.getUint16(at + 7);
    if ((mark & 0xff00) !== 0xff00) return 0;
  }
  return 0;
}
