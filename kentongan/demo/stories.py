# ruff: noqa: E501  (texts read best in whole lines)
"""The demo's stories: invented, marked as such, about places that exist. One row is one story and how far it has come.

Texts name days as `demo.days.dated` reads them: `{-12}` is the day twelve days before the demo was loaded, with `h` its weekday only and
with `s` its date only.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mending:
    """A correction: what, why, which words, and the right ones. `waiting`: nobody has confirmed it yet."""

    what: str
    why: str
    wrong: str
    right: str
    waiting: bool = False


@dataclass(frozen=True)
class Objection:
    """What the Dinas objected to, and what the group answered; without an answer it waits for one."""

    concern: str
    answer: str = ""


@dataclass(frozen=True)
class DemoStory:
    """A story to be carried by the real actions to `state`, or to "scheduled". Begun `days` ago at `hour`; see the actions for the rest."""

    group: str
    state: str
    days: int
    kind: str
    headline: str
    summary: str
    body: str
    place: str
    happened: str
    who: str
    sources: tuple[tuple[str, str], ...]
    said: tuple[str, ...] = ()
    """What others said in its discussion; without any it is read along by a second member."""
    agreed: str = ""
    """The summary of that discussion, signed by the editor."""
    picture: str = ""
    alt: str = ""
    mendings: tuple[Mending, ...] = ()
    objection: Objection | None = None
    reason: str = ""
    """Why it was returned, retracted, or the order by which it is withheld."""
    urgent: str = ""
    tip: str = ""
    """What a resident brought that it was made from."""
    notes: dict[str, str] = field(default_factory=dict)
    """What the checker did, by item, where something more exact can be said than the usual."""
    hour: float = 16
    review_in: int = 180
    """Of a guide: days after it was written by which it is to be looked at again."""
    series: str = ""
    readers: tuple[int, int, int] = (0, 0, 0)
    """How many said that they understood, how many that they did not, how many found it useful."""
    interest: str = ""
    """What its writer has to do with the matter."""
    slipped_in: str = ""
    """An address that the nightly look found on its page and nobody wrote: its alarm is open."""
    more_pictures: tuple[tuple[str, str], ...] = ()
    """Those after the first: scene and what it shows."""
    teller: str = ""
    """Who told it, where another one wrote it down."""


STORIES = (
    DemoStory(
        "gulangpongge",
        "published",
        12,
        "berita",
        "Pipa induk selesai disambung, air Dukuh Krajan mengalir lagi",
        "Setelah enam hari mati, air bersih kembali sampai ke 40 rumah sejak {-12 h} sore. Buang aliran pertama kira-kira sepuluh menit, karena masih keruh.",
        "Sambungan yang lepas ada di tikungan bawah, tertimpa tanah sesudah hujan {-18 h} malam. Delapan belas orang bekerja sejak pukul tujuh pagi. "
        "Pipa baru sepanjang dua belas meter dibeli dari kas dukuh, Rp1.250.000.\n\n"
        "> Kalau hujan deras lagi, tutup dulu keran dekat musala, baru telepon saya.\n\nkata Sutrisno, ketua kelompok air. Nomor jaga ditempel di pos ronda.\n\n"
        "## Yang belum selesai\n\nDinding penahan di tikungan belum dibuat. Musyawarah {+4} membahas biayanya.",
        "tikungan bawah, RT 02",
        "{-12}",
        "Sutrisno dan 18 warga",
        (("Sutrisno, ketua kelompok air dukuh", "ditemui di lokasi {-12 s}"), ("Buku kerja bakti RT 02", "dibaca {-12 s}")),
        (
            "Sebut nomor jaga di pos ronda, jangan nomor pribadi Pak Sutrisno.",
            "Aliran pertama masih keruh ya? Tolong ditulis, supaya tidak langsung diminum.",
        ),
        "Nomor pribadi tidak dimuat. Ditambah: aliran pertama dibuang dulu.",
        "pipa",
        "Air keluar dari ujung pipa dan jatuh ke ember",
        (
            Mending(
                "Jumlah rumah 46, bukan 40.", "Enam rumah di RT 03 ikut jalur yang sama; diberi tahu Bu Warsini.", "40 rumah", "46 rumah"
            ),
        ),
        Objection(
            "Data desa menyebut 46 sambungan rumah, kabar ini semula menyebut 40. Mohon dicek.",
            "Terima kasih. Kami hitung ulang bersama ketua RT 03; ralatnya sudah tampil di halaman kabar.",
        ),
        tip="Air di RT 02 sudah mengalir lagi sore ini, tadi kerja bakti ramai sekali. Tolong dikabarkan.",
        notes={
            "source": "Pak Sutrisno ditemui lagi pukul 19.00, membenarkan.",
            "numbers": "18 orang cocok dengan buku kerja bakti; harga pipa dari nota toko.",
            "other_side": "Tidak ada yang dirugikan; ketua RT 02 membaca naskahnya.",
        },
        series="Air Dukuh Krajan",
        readers=(14, 1, 11),
        more_pictures=(("jalan", "Jalan dukuh di tikungan bawah, tempat sambungan lama lepas"),),
    ),
    DemoStory(
        "gulangpongge",
        "published",
        6,
        "berita",
        "Keran umum di tikungan dipasang lagi, sambungan tidak bocor",
        "Lima hari sesudah pipa disambung, keran umum dipasang lagi dan sambungannya diperiksa: kering.",
        "Pak Sutrisno memeriksa sambungan {-7 h} pagi. Tidak ada rembesan. Keran umum di tikungan bawah dipasang lagi sore harinya.\n\n"
        "Yang melihat rembesan diminta menelepon nomor jaga yang ditempel di pos ronda.",
        "tikungan bawah, RT 02",
        "{-7}",
        "Sutrisno, ketua kelompok air",
        (("Sutrisno, ketua kelompok air", "ditemui di lokasi {-7 s}"),),
        ("Sebutkan ke mana menelepon bila bocor.",),
        series="Air Dukuh Krajan",
        readers=(4, 0, 4),
    ),
    DemoStory(
        "gulangpongge",
        "published",
        10,
        "pengumuman",
        "Kuras bak mandi tiap Jumat: musim nyamuk mulai lebih awal",
        "Kader posyandu mengajak tiap rumah menguras bak dan menutup tandon setiap Jumat pagi selama enam minggu.",
        "Tiga langkah yang diminta kader:\n\n- kuras bak mandi dan tempat minum ternak\n- tutup tandon dan gentong\n- kubur kaleng dan gelas bekas\n\n"
        "Kader berkeliling Jumat siang. Yang butuh bubuk larvasida bisa mengambil di rumah Bu Nanik, gratis.",
        "seluruh dukuh",
        "tiap Jumat sampai {+32}",
        "Kader posyandu Melati",
        (("Nanik Sulastri, kader posyandu", "rapat kader {-11 s}"),),
        ("Jadwal keliling Dukuh Krajan hari Jumat siang, bukan pagi.",),
        mendings=(
            Mending(
                "Bubuk larvasida diambil di posyandu.",
                "Sejak minggu ini persediaan dipindah supaya tercatat.",
                "di rumah Bu Nanik",
                "di posyandu Melati",
                waiting=True,
            ),
        ),
    ),
    DemoStory(
        "gulangpongge",
        "published",
        17,
        "potensi",
        "Durian Mbah Karso habis dipesan sebelum jatuh",
        "Empat pembeli dari Tayu memesan 30 buah durian lokal. Panen diperkirakan tiga minggu lagi.",
        "Pohon di belakang rumah Mbah Karso berumur kira-kira enam puluh tahun. Tahun ini buahnya lebih dari seratus.\n\n"
        "| Ukuran | Harga |\n| --- | --- |\n| Kecil | Rp35.000 |\n| Sedang | Rp50.000 |\n| Besar | Rp75.000 |\n\nPemesan datang sendiri; buah diambil setelah jatuh.",
        "kebun Mbah Karso, Dukuh Krajan",
        "{-18}",
        "Mbah Karso dan empat pembeli",
        (("Mbah Karso, pemilik kebun", "ditemui di rumah {-18 s}"), ("Buku pesanan", "dilihat {-18 s}")),
        ("Harganya dicek lagi ya, kemarin yang besar 75 ribu?",),
        "Harga dicocokkan dengan buku pesanan.",
        "kebun",
        "Pohon besar di kebun dengan buah bergantung",
        teller="Mbah Karso",
    ),
    DemoStory(
        "gulangpongge",
        "begun",
        0,
        "berita",
        "",
        "",
        "Lampu jalan di depan balai dukuh sudah menyala lagi. Yang diganti dua lampu",
        "",
        "",
        "",
        (),
        hour=0.2,
    ),
    DemoStory(
        "gulangpongge",
        "scheduled",
        2,
        "pengumuman",
        "Bibit kopi gratis dibagikan di balai desa {+4 h} pagi",
        "Tiap keluarga boleh mengambil paling banyak sepuluh bibit kopi robusta, {+4} pukul 08.00.",
        "Bibit berasal dari kelompok tani Sumber Makmur. Bawa kartu keluarga dan kantong sendiri. Bila hujan, pembagian pindah ke teras balai desa.",
        "balai desa",
        "{+4}, 08.00",
        "Kelompok tani Sumber Makmur",
        (("Parno, ketua kelompok tani", "ditemui {-2 s}"),),
        ("Sebutkan bahwa harus bawa kantong sendiri.",),
    ),
    DemoStory(
        "gulangpongge",
        "verified",
        3,
        "panduan",
        "Lapor lampu jalan mati: ke siapa, bawa apa",
        "Catat nomor tiang, beri tahu ketua RT, lalu perangkat desa meneruskan ke Dinas Perhubungan.",
        "1. Catat nomor di tiang lampu dan sejak kapan mati.\n2. Beri tahu ketua RT, atau tulis di buku tamu balai desa.\n3. Perangkat desa meneruskan dalam dua hari kerja.\n\nTidak ada biaya.",
        "seluruh desa",
        "berlaku seterusnya",
        "perangkat desa",
        (("Kaur umum desa", "ditanya {-3 s}"),),
        (
            "Nomor tiangnya di sebelah mana?",
            "Di pelat kecil setinggi mata.",
        ),
    ),
    DemoStory(
        "gulangpongge",
        "submitted",
        1,
        "berita",
        "Halaman web SD disusupi iklan judi, sudah dibersihkan",
        "Guru menemukan tautan judi di halaman web sekolah {-2 h}. Pengelolanya sudah menghapus; orang tua diminta tidak membukanya.",
        "Tautannya disisipkan di bagian bawah halaman, alamatnya sd-contoh.example/slot-gacor. Bu Ratih, operator sekolah, menghapusnya dan mengganti frasa sandi.\n\n"
        "Anak-anak tidak dimarahi karena melihatnya; yang menemukan diminta memberi tahu guru.",
        "SD Negeri 1 Gulangpongge",
        "{-2}",
        "Ratih, operator sekolah",
        (("Ratih, operator sekolah", "ditemui di sekolah {-2 s}"),),
        ("Alamatnya perlu ditulis lengkap? Nanti malah dibuka orang.",),
    ),
    DemoStory(
        "gulangpongge",
        "submitted",
        1,
        "berita",
        "Jalan ke makam tertutup pohon tumbang, lewat sisi timur dulu",
        "Pohon sengon menutup jalan makam sejak {-2 h} sore. Warga diminta lewat jalan setapak sisi timur sampai {+1 h}.",
        "Pohon tumbang saat angin kencang kira-kira pukul 16.00. Tidak ada yang terluka. Kerja bakti memotong batang direncanakan {+1 h} pagi.",
        "jalan makam, RT 04",
        "{-2}, sore",
        "warga RT 04",
        (("Hadi, ketua RT 04", "ditemui di lokasi {-2 s}"),),
        ("Alat potong sudah dipinjam dari RT 01.",),
        "",
        "jalan",
        "Batang pohon melintang di jalan desa",
    ),
    DemoStory(
        "gulangpongge",
        "returned",
        4,
        "berita",
        "Harga gabah naik minggu ini",
        "Harga gabah kering panen di Gulangpongge naik dibanding minggu lalu.",
        "Beberapa petani mengatakan harga gabah naik. Angkanya akan ditambahkan.",
        "sawah bawah",
        "minggu ini",
        "petani sawah bawah",
        (("Beberapa petani", "obrolan di warung {-5 s}"),),
        ("Perlu angka dan tanggal.",),
        reason="Angka belum ada dan sumbernya belum bernama. Tanyakan kepada dua petani dan satu pembeli.",
    ),
    DemoStory(
        "gulangpongge",
        "written",
        1,
        "budaya",
        "Latihan ketoprak dimulai lagi di pendapa",
        "Setelah dua tahun, latihan ketoprak anak muda dimulai lagi tiap Selasa malam.",
        "Latihan dipimpin Pak Sarwo. Pemain yang baru boleh datang langsung.",
        "pendapa balai desa",
        "tiap Selasa malam",
        "karang taruna",
        (("Sarwo, pelatih", "ditemui {-3 s}"),),
        ("Umur berapa yang boleh ikut?",),
    ),
    DemoStory(
        "gulangpongge",
        "gathered",
        0,
        "berita",
        "",
        "",
        "Warga RT 02 mulai ronda lagi, giliran disusun malam ini.",
        "pos ronda RT 02",
        "{0 h} malam",
        "",
        (("Yang saya lihat sendiri", "{0 s}"),),
    ),
    DemoStory(
        "gulangpongge",
        "retracted",
        30,
        "berita",
        "Pasar malam pindah ke lapangan bawah",
        "Pasar malam mulai {-28 h} ini pindah ke lapangan bawah.",
        "Menurut panitia, pasar malam pindah karena lapangan atas becek.",
        "lapangan bawah",
        "{-28}",
        "panitia pasar malam",
        (("Seorang panitia", "ditemui {-31 s}"),),
        ("Sudah ditanyakan ke ketua panitia?",),
        reason="Panitia membatalkan kepindahan pada hari yang sama; pasar malam tetap di lapangan atas.",
    ),
    DemoStory(
        "gulangpongge",
        "withheld",
        55,
        "berita",
        "Sengketa batas kebun di dukuh atas dibawa ke pengadilan",
        "Dua keluarga menunggu putusan batas kebun; mediasi desa tidak berhasil.",
        "Mediasi berlangsung tiga kali di balai desa. Keduanya sepakat menunggu putusan pengadilan.",
        "dukuh atas",
        "{-56}",
        "dua keluarga",
        (("Notulen mediasi", "dibaca {-56 s}"),),
        ("Nama keluarga jangan disebut.",),
        reason="Contoh untuk demo: Penetapan PN Pati nomor 00/Contoh",
    ),
    DemoStory(
        "gulangpongge",
        "withdrawn",
        20,
        "berita",
        "Rencana kunjungan ke kebun tetangga",
        "Kunjungan belajar ke kebun kopi.",
        "Rencananya akhir bulan.",
        "balai desa",
        "akhir bulan",
        "anggota KIM",
        (("Rapat KIM", "{-21 s}"),),
    ),
    DemoStory(
        "gulangpongge",
        "published",
        24,
        "prestasi",
        "Posyandu Melati menimbang semua balita bulan ini",
        "Seluruh 37 balita yang terdaftar datang ditimbang; bulan lalu 29.",
        "Kader menjemput lima balita yang rumahnya jauh. Bidan desa memeriksa ulang dua anak yang beratnya turun.",
        "posyandu Melati",
        "{-24}",
        "kader dan bidan desa",
        (("Buku timbang posyandu", "dilihat {-24 s}"), ("Bidan desa", "ditanya {-24 s}")),
        ("Nama balita jangan ditulis.",),
    ),
    DemoStory(
        "bermi",
        "published",
        3,
        "berita",
        "Pasar Bermi buka lebih pagi selama musim panen",
        "Mulai {-1 h}, pasar buka pukul 05.00 supaya petani sempat menjual sayur sebelum ke kebun.",
        "Paguyuban pedagang sepakat dalam pertemuan {-4 h} malam. Jam tutup tetap pukul 11.00.",
        "pasar desa Bermi",
        "mulai {-1}",
        "paguyuban pedagang",
        (("Lilik, ketua paguyuban", "ditemui {-4 s}"),),
        ("Jam tutup tetap ya?",),
        "Jam tutup tetap pukul 11.00; ditulis di isi.",
        "pasar",
        "Lapak sayur di pasar desa",
        objection=Objection("Mohon ditambah apakah parkir kendaraan angkutan sudah dibicarakan dengan Dinas Perhubungan."),
    ),
    DemoStory(
        "bermi",
        "published",
        40,
        "panduan",
        "Cara mengurus surat pindah: tiga berkas, satu hari",
        "Siapkan kartu keluarga, KTP, dan surat pengantar RT. Selesai di balai desa pada hari yang sama.",
        "1. Minta surat pengantar dari RT.\n2. Bawa kartu keluarga dan KTP ke balai desa, Senin sampai Kamis.\n3. Surat selesai hari itu juga bila berkas lengkap.\n\nTidak ada biaya.",
        "balai desa Bermi",
        "berlaku seterusnya",
        "perangkat desa",
        (("Kasi pelayanan desa", "ditanya {-41 s}"),),
        ("Tidak ada biaya, tolong ditulis.",),
        review_in=30,
        readers=(9, 2, 7),
    ),
    DemoStory(
        "bermi",
        "published",
        26,
        "potensi",
        "Keripik talas Bermi masuk tiga warung di Gembong",
        "Enam ibu di RT 05 menitipkan 120 bungkus seminggu; harga Rp8.000 sebungkus.",
        "Talas dibeli dari kebun tetangga. Izin rumah tangga sedang diurus; kelompok masih mencari kemasan yang lebih rapat.",
        "RT 05, Bermi",
        "sejak {-33 s}",
        "enam ibu RT 05",
        (("Murni, ketua kelompok", "ditemui {-26 s}"), ("Catatan titip jual", "dilihat {-26 s}")),
        ("Harga dan jumlahnya dari catatan?",),
        interest="Penulis membantu membungkus keripik yang diberitakan.",
        slipped_in="https://toko-obat.example/murah",
    ),
    DemoStory(
        "kedungbulus",
        "published",
        14,
        "berita",
        "Sumur sekolah dasar diperdalam, murid tidak lagi membawa air",
        "Sumur ditambah enam meter dengan iuran wali murid; air cukup untuk 140 murid.",
        "Pekerjaan tiga hari, dibantu tukang dari dusun sebelah. Sisa iuran Rp310.000 masuk kas komite dan diumumkan di papan sekolah.",
        "SD di Kedungbulus",
        "{-15}",
        "komite dan wali murid",
        (("Ketua komite sekolah", "ditemui {-14 s}"), ("Papan pengumuman sekolah", "dibaca {-14 s}")),
        ("Sisa uangnya sudah diumumkan?",),
    ),
    DemoStory(
        "kedungbulus",
        "published",
        47,
        "budaya",
        "Sedekah bumi dusun memakai gamelan anak-anak",
        "Dua puluh anak memainkan gamelan yang mereka pelajari sejak tahun lalu.",
        "Pelatihnya guru kelas lima. Gamelan dipinjam dari kecamatan dan dikembalikan esok harinya.",
        "halaman balai desa",
        "{-48}",
        "dua puluh anak dan pelatihnya",
        (("Guru kelas lima", "ditemui {-47 s}"),),
        ("Wali murid sudah setuju namanya tidak disebut.",),
    ),
    DemoStory(
        "margorejo",
        "published",
        9,
        "pengumuman",
        "Jadwal truk sampah berubah: Selasa dan Sabtu",
        "Mulai pekan depan truk sampah lewat dua kali seminggu, pukul 06.00.",
        "Sebelumnya truk lewat sekali seminggu. Warga diminta menaruh sampah di tepi jalan sebelum pukul 06.00, terikat.",
        "RW 01 dan RW 02",
        "mulai {-2}",
        "pengurus RW",
        (("Ketua RW 01", "ditemui {-9 s}"),),
        ("RW 03 ikut jadwal ini juga?", "Belum, RW 03 menyusul."),
    ),
    DemoStory(
        "penambuhan",
        "published",
        6,
        "berita",
        "Musyawarah dusun memilih gotong royong untuk talut selatan",
        "Tiga puluh dua warga sepakat bekerja tiap Minggu pagi; semen dari dana desa.",
        "Talut sepanjang empat puluh meter ditargetkan selesai dalam lima Minggu. Daftar giliran ditempel di pos ronda.",
        "dusun selatan",
        "{-7}, malam",
        "32 warga dan kepala dusun",
        (("Notulen musyawarah dusun", "dibaca {-6 s}"), ("Kepala dusun", "ditemui {-6 s}")),
        ("Semennya dari dana desa tahun ini?",),
    ),
    DemoStory(
        "tlogorejo",
        "published",
        11,
        "pertanian",
        "Kopi petik merah: harga selisih Rp9.000 sekilo",
        "Pembeli membayar Rp41.000 untuk petik merah, Rp32.000 untuk petik campur.",
        "Kelompok tani mencoba petik merah di dua belas kebun. Waktu petik bertambah kira-kira sepertiga.\n\n| Cara petik | Harga sekilo (basah) |\n| --- | --- |\n| Merah | Rp41.000 |\n| Campur | Rp32.000 |",
        "kebun kopi Tlogorejo",
        "panen sampai {-12 s}",
        "kelompok tani dan pembeli",
        (("Dua nota pembeli", "dilihat {-11 s}"), ("Ketua kelompok tani", "ditemui {-11 s}")),
        ("Berat basah atau kering?",),
        "Harga untuk biji basah; ditulis di judul tabel.",
        "kebun",
        "Pohon di kebun dengan buah bergantung",
    ),
    DemoStory(
        "tlogorejo",
        "published",
        33,
        "berita",
        "Karang taruna menambal jalan kebun sepanjang 200 meter",
        "Lubang ditutup batu dari sungai; motor pengangkut kopi bisa lewat lagi.",
        "Pekerjaan dua hari oleh empat belas pemuda. Makan siang dari ibu-ibu PKK.",
        "jalan kebun atas",
        "{-34}",
        "14 anggota karang taruna",
        (("Ketua karang taruna", "ditemui {-33 s}"),),
        ("Batunya dari sungai mana?",),
        "",
        "jalan",
        "Jalan tanah di antara kebun",
    ),
    DemoStory(
        "sambirejo",
        "published",
        5,
        "pertanian",
        "Tikus sawah: gropyokan pertama menangkap 312 ekor",
        "Empat puluh petani turun bersama {-6 h} pagi di sawah timur.",
        "Gropyokan berikutnya {+2}. Penyuluh mengingatkan: jangan memasang listrik di pematang, berbahaya dan dilarang.",
        "sawah timur",
        "{-6}",
        "40 petani dan penyuluh",
        (("Penyuluh pertanian", "ditemui {-6 s}"), ("Hitungan panitia", "dilihat {-6 s}")),
        ("Tambahkan larangan listrik di pematang.",),
    ),
    DemoStory(
        "kajen",
        "published",
        5,
        "prestasi",
        "Dua siswi Kajen juara lomba cerita rakyat tingkat kecamatan",
        "Keduanya membawakan cerita asal-usul sumur tua dengan bahasa Jawa.",
        "Lomba diikuti 24 peserta dari 12 sekolah. Hadiahnya buku untuk perpustakaan desa.",
        "aula kecamatan Margoyoso",
        "{-6}",
        "dua siswi SMP",
        (("Panitia lomba", "daftar hasil {-6 s}"), ("Guru pendamping", "ditemui {-5 s}")),
        ("Wali keduanya sudah mengizinkan.",),
    ),
    DemoStory(
        "kajen",
        "published",
        22,
        "potensi",
        "Penjahit rumahan Kajen menerima pesanan 200 seragam",
        "Delapan penjahit berbagi pekerjaan; selesai dalam tiga minggu.",
        "Pesanan datang dari dua madrasah. Ongkos jahit Rp55.000 sepotong, dibayar separuh di muka.",
        "RW 02 Kajen",
        "mulai {-23 s}",
        "delapan penjahit",
        (("Koordinator penjahit", "ditemui {-22 s}"),),
        ("Ongkosnya boleh ditulis?", "Boleh, sudah ditanyakan."),
    ),
    DemoStory(
        "waturoyo",
        "published",
        8,
        "pertanian",
        "Air tambak lebih asin, benur ditunda sampai hujan",
        "Pembudidaya menunda tebar benur kira-kira dua minggu karena kadar garam tambak tinggi.",
        "Hasil ukur di empat tambak antara 38 dan 41 bagian per seribu. Penyuluh menyarankan menunggu hujan dua kali.",
        "tambak utara",
        "{-9}",
        "pembudidaya dan penyuluh",
        (("Penyuluh perikanan", "kunjungan {-9 s}"), ("Catatan ukur empat tambak", "dilihat {-9 s}")),
        ("Sebutkan tanggal ukurnya.",),
    ),
    DemoStory(
        "waturoyo",
        "published",
        36,
        "berita",
        "Kerja bakti membersihkan saluran sebelum musim hujan",
        "Saluran sepanjang 300 meter dikeruk; dua gorong-gorong masih tersumbat.",
        "Lima puluh warga bekerja dari pukul enam sampai sepuluh. Gorong-gorong dilaporkan ke balai desa.",
        "saluran utama",
        "{-37}",
        "50 warga",
        (("Kepala dusun", "ditemui {-36 s}"),),
        ("Gorong-gorong sudah dilaporkan?",),
    ),
    DemoStory(
        "bumiayu",
        "published",
        15,
        "budaya",
        "Kelas membatik malam Jumat masih punya empat tempat",
        "Gratis untuk warga; canting dan kain disediakan, lilin dibagi bersama.",
        "Pelatih datang dari desa sebelah. Peserta pulang membawa selembar kain setelah empat pertemuan.",
        "balai desa Bumiayu",
        "tiap Kamis malam",
        "pelatih dan 11 peserta",
        (("Pelatih batik", "ditemui {-15 s}"),),
        ("Anak SMP boleh ikut?", "Boleh, dengan izin orang tua."),
    ),
    DemoStory(
        "ngurensiti",
        "published",
        1,
        "serta-merta",
        "Jembatan Ngurensiti ditutup malam ini sampai besok pukul 06.00",
        "Arus sungai tinggi. Kendaraan dialihkan lewat jalan kecamatan.",
        "Keputusan disampaikan perangkat desa pukul 17.30 setelah air menyentuh balok jembatan. Pejalan kaki juga diminta tidak menyeberang.",
        "jembatan Ngurensiti",
        "{-1}, mulai 18.00",
        "perangkat desa",
        (("Sekretaris desa", "ditanya 17.40"),),
        urgent="Keselamatan penyeberang malam ini; disampaikan perangkat desa.",
        hour=17.7,
    ),
    DemoStory(
        "ngurensiti",
        "published",
        19,
        "berita",
        "Pasar pagi mencoba timbangan bersama",
        "Dua timbangan yang sudah ditera boleh dipakai siapa saja untuk mencocokkan.",
        "Timbangan dititipkan di pos pasar. Dalam sepekan dipakai kira-kira enam puluh kali.",
        "pasar pagi Ngurensiti",
        "sejak {-26 s}",
        "pengurus pasar",
        (("Pengurus pasar", "ditemui {-19 s}"),),
        ("Kapan ditera?",),
        "",
        "pasar",
        "Lapak sayur di pasar pagi",
    ),
    DemoStory(
        "pati-wetan",
        "published",
        70,
        "berita",
        "Taman tepi sungai dibersihkan tiap Minggu pagi",
        "Tiga puluh warga ikut; sampah plastik 42 kantong dalam sebulan.",
        "Kantong ditimbang di bank sampah. Kelurahan meminjamkan gerobak.",
        "tepi sungai, RW 04",
        "{-72}",
        "warga RW 04",
        (("Bank sampah RW 04", "catatan {-72 s}"),),
        ("Berapa kantong bulan lalu?",),
    ),
)


@dataclass(frozen=True)
class DemoTip:
    """Raw material as it lies in the desk: brought by a resident, or by the group's anggota (`inside`); how it was answered."""

    group: str
    days: int
    text: str
    place: str = ""
    happened: str = ""
    name: str = ""
    state: str = "received"
    reason: str = ""
    inside: bool = False


TIPS = (
    DemoTip(
        "gulangpongge",
        2,
        "Lampu jalan dekat pos ronda RT 02 mati sejak tiga malam. Anak-anak takut lewat.",
        "pos ronda RT 02",
        "sejak {-5 h}",
        "Warsini",
    ),
    DemoTip("gulangpongge", 1, "Ada pembagian kalender kesehatan di posyandu {+1 h}.", "posyandu Melati", "{+1 h}"),
    DemoTip(
        "gulangpongge",
        3,
        "Tadi dengar dari sopir angkutan, tarif ke Tayu naik. Perlu ditanyakan ke terminal.",
        "terminal",
        "{-3 h}",
        inside=True,
    ),
    DemoTip("gulangpongge", 12, "Air RT 02 sudah nyala lagi, terima kasih.", "RT 02", "{-12 h}", "Pak Hadi", "duplicate"),
    DemoTip(
        "gulangpongge",
        15,
        "Tolong umumkan dagangan saya, keripik pisang enak dan murah.",
        "",
        "",
        "",
        "declined",
        "Ini iklan; usaha warga kami kabarkan bila ada yang bisa dicek dan berguna bagi semua.",
    ),
    DemoTip("bermi", 2, "Jembatan bambu ke kebun mulai lapuk di sisi utara.", "jembatan bambu", "{-2 h}", "Bu Darmi"),
)


@dataclass(frozen=True)
class Talk:
    """A discussion that is about no story: who said what, the summary, whether it was closed, notes of a meeting (days ago, who, what)."""

    group: str
    days: int
    subject: str
    question: str
    said: tuple[tuple[str, str, str], ...]
    """User name, kind, text."""
    agreed: str = ""
    closed: bool = False
    minutes: tuple[str, str] | None = None


TALKS = (
    Talk(
        "gulangpongge",
        6,
        "Papan kabar di pos ronda: siapa yang menempel?",
        "Kabar sudah tampil di web, tetapi banyak tetangga membaca di papan. Siapa yang mencetak dan menempel?",
        (
            ("anggota", "suggestion", "Bergilir tiap minggu, mulai dari RT 01."),
            ("anggota2", "question", "Kertas dan tintanya dari mana?"),
            ("bendahara", "information", "Kas masih cukup untuk 50 lembar sebulan."),
            ("pemeriksa", "opinion", "Cukup judul, ringkasan, dan alamat halamannya, supaya satu lembar."),
        ),
        "Menempel bergilir tiap minggu mulai RT 01. Satu lembar: judul, ringkasan, alamat halaman. Kertas dari kas KIM.",
    ),
    Talk(
        "gulangpongge",
        50,
        "Hari bertemu rutin",
        "Malam apa yang paling banyak bisa datang?",
        (("sekretaris", "suggestion", "Selasa malam, sesudah isya."), ("redaktur", "opinion", "Setuju, Jumat sering ada pengajian.")),
        "Bertemu tiap Selasa malam di balai desa.",
        True,
        (
            "Sugeng, Endang, Slamet, Dwi, Siti, Joko, Nanik",
            "Disepakati bertemu tiap Selasa malam pukul 19.30 di balai desa. Yang tidak bisa datang menitip pendapat di sini.",
        ),
    ),
    Talk(
        "bermi",
        4,
        "Tarif titip iklan warga",
        "Apakah kabar usaha warga dipungut biaya?",
        (("sekretaris.bermi", "opinion", "Jangan dipungut; kabar bukan iklan."),),
    ),
)
