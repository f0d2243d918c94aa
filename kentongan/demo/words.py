"""The words the large seed is put together from: invented, plain, and varied enough that lists and search have something to do."""

from dataclasses import dataclass
from random import Random

PLACES = (
    "dukuh lor",
    "dukuh kidul",
    "RT 01",
    "RT 02",
    "RT 03",
    "RT 05",
    "RW 02",
    "RW 04",
    "balai dusun",
    "lapangan",
    "tepi sungai",
    "kebun atas",
    "sawah timur",
    "pasar pagi",
    "halaman sekolah",
    "posyandu",
)
WHO = (
    "karang taruna",
    "kader posyandu",
    "kelompok tani",
    "ibu-ibu PKK",
    "perangkat dusun",
    "paguyuban pedagang",
    "komite sekolah",
    "kelompok air",
    "warga ronda",
    "pengurus masjid",
    "kelompok nelayan",
    "pengrajin bambu",
)
SOURCES = (
    "Ketua RT",
    "Kepala dusun",
    "Ketua kelompok tani",
    "Bidan desa",
    "Guru kelas",
    "Pengurus pasar",
    "Notulen musyawarah",
    "Buku kas kegiatan",
    "Papan pengumuman",
    "Penyuluh pertanian",
)
HOW = ("ditemui di rumah", "ditemui di lokasi", "dibaca di balai desa", "ditanya sesudah pertemuan")
KINDS = ("berita", "berita", "berita", "pengumuman", "pengumuman", "potensi", "prestasi", "budaya", "pertanian", "pertanian", "panduan")

HEADLINES = (
    "{Who} memperbaiki jalan di {place}, selesai dalam {n} hari",
    "{n} warga {village} menanam pohon di {place}",
    "Jadwal posyandu {village} pindah ke {place}",
    "Panen jagung di {place} naik {n} persen",
    "{Who} membuka kelas gratis di {place}",
    "Air bersih mengalir lagi ke {n} rumah di {place}",
    "Musyawarah {village}: {n} usulan dari {place}",
    "Pasar murah {who} di {place} diikuti {n} pedagang",
    "Ronda di {place} dimulai lagi, {n} orang bergiliran",
    "Cara mengurus surat pengantar di {village}",
    "{Who} membersihkan saluran sepanjang {n} meter di {place}",
    "Anak {village} juara {n} lomba bercerita tingkat kecamatan",
    "Lumbung pangan {village} menerima {n} kuintal gabah",
    "Pelatihan {who}: {n} peserta belajar mencatat kas",
    "Warga {village} mencoba pupuk dari {place}",
    "Tiga titik lampu di {place} sudah menyala, {n} rumah terbantu",
    "Kesenian {village} tampil di {place} sesudah panen",
    "Bibit dibagikan di {place}, tiap keluarga mendapat {n} batang",
    "Kerajinan {who} dari {place} dipesan {n} buah",
    "Jembatan kecil di {place} diperkuat {n} orang warga",
)
SUMMARIES = (
    "{Who} bekerja di {place}; {n} orang ikut dan biayanya dari iuran warga {village}.",
    "Keputusan diambil bersama di {place}. Yang ingin ikut dapat menghubungi {who}.",
    "Sebanyak {n} keluarga di {village} merasakan hasilnya; sisanya menyusul bulan depan.",
    "Kegiatan di {place} dibuka untuk semua warga {village}, tanpa biaya.",
    "Catatan {who}: {n} orang hadir, dan langkah berikutnya dibicarakan minggu depan.",
)
SENTENCES = (
    "Kegiatan dimulai pukul tujuh pagi dan selesai sebelum tengah hari.",
    "{Who} menyediakan alat; warga membawa bekal sendiri.",
    "Biayanya Rp{n}0.000, dari iuran yang dicatat di buku kas.",
    "Bila hujan, kegiatan pindah ke {place}.",
    "Menurut catatan, {n} orang ikut; bulan lalu lebih sedikit.",
    "Warga {village} yang belum mendapat giliran dicatat untuk bulan depan.",
    "Daftar giliran ditempel di pos ronda dan di {place}.",
    "Yang perlu diperbaiki: jalan menuju {place} masih licin.",
    "Perangkat desa hadir dan mencatat usulan warga.",
    "Anak-anak ikut membantu sesudah pulang sekolah.",
    "{Who} berjanji menghitung lagi pada akhir bulan.",
    "Hasilnya dibagi rata menurut kesepakatan musyawarah.",
    "Pengurus mengingatkan supaya sampah dibawa pulang.",
    "Pertemuan berikutnya di {place}, terbuka bagi siapa saja.",
    "Sebelumnya pekerjaan ini sudah dua kali tertunda.",
    "Sisa bahan disimpan di {place} dan dijaga {who}.",
)


@dataclass(frozen=True, slots=True)
class Words:
    """What a story of the seed says."""

    kind: str
    headline: str
    summary: str
    body: str
    place: str
    who: str


def words(draw: Random, village: str) -> Words:
    """A story about `village`, the same for the same draw."""
    place, who, n = draw.choice(PLACES), draw.choice(WHO), draw.randint(2, 97)
    told = {"place": place, "who": who, "Who": who[0].upper() + who[1:], "n": n, "village": village}
    sentences = draw.sample(SENTENCES, draw.randint(4, 9))
    cut = len(sentences) // 2
    body = f"{' '.join(sentences[:cut])}\n\n{' '.join(sentences[cut:])}".format_map(told)
    headline, summary = draw.choice(HEADLINES).format_map(told), draw.choice(SUMMARIES).format_map(told)
    return Words(draw.choice(KINDS), headline[:140], summary, body, place, who)
