"""What looks slipped in makes a person look; what neighbours write about the same things does not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kentongan.newsroom import suspicion
from kentongan.regions.data.places import read
from kentongan.ui.unseen import one_line

INNOCENT = (
    "Slot parkir di pasar bertambah 40 setelah lapak dipindah.",
    "Jadwal slot imunisasi: Senin 08.00, Rabu 10.00. Satu slot 12 anak.",
    "Gedung tua itu dulu kasino orang Belanda; sekarang balai RW.",
    "Toko gelas di tikungan, toko gelap karena listrik padam.",
    "Situs purbakala Semboja dan situs web desa: https://semboja.desa.id/foto-gelap",
    "Bandar udara Ngloram membuka rute Jakarta. Bandar Lampung, bandar besar.",
    "Warga menolak judi online. Sembilan bapak berikrar di balai desa berhenti bermain judi slot.",
    "Polisi menangkap bandar togel di Pasar Pon; pemainnya tergiur jackpot dan bonus.",
    "Korban judi online kehilangan motor. Ia mulai karena bonus, lalu meminjam untuk deposit.",
    "Ciri judi online: menjanjikan jackpot, meminta deposit, lalu akun diblokir. Lihat https://kominfo.go.id/berita/cara-melapor-judi-online",
    "Baca juga https://koran.id/pati/polisi-tangkap-bandar-judi-online-di-pasar dan https://koran.id/warga-menolak-judi-online",
    "Kominfo memblokir situs judi online, situs togel dan situs slot; polisi mengungkap open BO dan penyebar video bokep.",
    "Penyuluhan bahaya poker online, casino online, togel online dan judi bola di SMK.",
    "Mereka menangkap bandar togel.Polisi menyita uang.Judi.Slot parkir penuh.",
    "Murai batu Pak Warno gacor hari ini, juara lomba kicau tingkat kabupaten.",
    "Ibu menyusui: payudara bengkak dikompres hangat. ASI eksklusif enam bulan; puting lecet jangan dihentikan.",
    "Kesehatan reproduksi remaja: menstruasi, mimpi basah, kondom mencegah HIV dan penyakit menular seksual.",
    "Pelajaran di posyandu: organ seks, perkosaan dalam rumah tangga, dan nomor darurat SAPA 129.",
    "Sapi bunting 9 bulan; inseminasi buatan Rp50.000.",
    "بِسْمِ ٱللَّٰهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ dibaca bersama, lalu tahlil.",
    "Tulisan di prasasti: ꦱꦸꦒꦼꦁ\u200bꦫꦮꦸꦃ, artinya selamat datang. ꦏꦤ꧀ꦛꦺꦴꦁ\u200bꦔꦤ꧀",
    "Kelenteng Hok Tik Bio (福德廟) merayakan 元宵節 bersama warga.",
    "Kadar β-karoten 120 μg, tahanan 10kΩ, α-tokoferol; suhu ±2 °C.",
    "Ukraina: Київ. Yunani: Αθήνα. Catatan kaki dari Москва.",
    "Hubungi \u202a+62 812\u20113456\u20117890\u202c (WhatsApp).",
    "Keluarga 👨‍👩‍👧‍👦 berkumpul, bendera 🏴󠁧󠁢󠁳󠁣󠁴󠁿 dan 🇮🇩 dikibarkan.",
    "RT 02 RW 05, Blok A3 no 17B, KTP-el, K3, B2SA, P5, MPASI 6+, Covid-19, 5W1H, PM2.5.",
    "R A P A T  W A R G A  malam ini",
    "S U R A T  K E P U T U S A N Nomor 141/07/2026",
    "Kirim ke kim@desa.id atau buka s.id/kabar-pati dan bit.ly/pendaftaran-bumdes.",
    "Daftar di https://pendaftaran.pati.go.id/login?kembali=https://pati.go.id lalu deposit berkas di loket.",
    "Bonus panen: koperasi membagi cuan Rp2 juta, modal receh, tanpa potongan, terpercaya kata anggota.",
    "Lomba domino antar-RT dan catur; hadiah kambing. Kartu poker tidak dipakai.",
    "Penyanyi Judika di alun-alun: https://judika.com",
    "Menutup koper, memasang kopernya; kobokan, bokeh foto, pokerface.",
    "Pak Toto (52) dan Bu Togelina memperbaiki pipa. Toto12 nama regunya.",
    "javascript: bahasa untuk belajar koding di karang taruna; data: 40 anak.",
    "Teks<sup>2</sup> dan a < b, c > d; <script>alert(1)</script> hanya kata.",
    "Kata­kata yang dipenggal koran: per­kumpulan, ke­lompok.",
)
INJECTED = (
    "slot gacor hari ini gampang maxwin",
    "Kabar desa. Slot Gacor Hari Ini! Bonus new member 100.",
    "s l o t  g a c o r",
    "S.L.O.T G.A.C.O.R",
    "sl0t",
    "t0gel",
    "g4c0r",
    "c@sino",
    "$lot",
    "ѕlot",  # Cyrillic ѕ
    "сasіnо",  # three Cyrillic letters
    "to\u200bgel",
    "sl\u2060ot",
    "𝐬𝐥𝐨𝐭 𝐠𝐚𝐜𝐨𝐫",
    "ｓｌｏｔ ｇａｃｏｒ",
    "SLOT88",
    "gacor77 link alternatif",
    "slotgacorhariini",
    "situs judi online terpercaya",
    "bandar togel terpercaya",
    "prediksi togel malam ini",
    "rtp live pragmatic play",
    "nonton bokep",
    "Main casino: deposit pulsa cepat, bonus besar, jackpot, withdraw kilat, gampang menang",
    "https://dinas.contohkab.go.id/wp-content/slot-gacor/",
    "https://desa.id/uploads/togel-hari-ini.html",
    "https://sekolah.sch.id/judi-online/",
    "https://pn-contoh.go.id/?q=slot-gacor",
    "https://sekolah.sch.id/%73lot-%67acor/",
    "https://situs.id/togel",
    "slot-gacor77.com",
    "https://mainslotgacor88.com/daftar",
    "http://kingcasino.vip",
    "https://xn--sot-rwa.id/",
    "https://ѕlot.id",
    "https://bri.co.id@103.12.4.7/masuk",
    "http://103.12.4.7/a",
    "[klik](javascript:alert(1))",
    "[klik](data:text/html;base64,PHNj)",
    '<div style="display:none">murah</div>',
    "Rekening \u202e8765 4321",
    "judul\u3164kosong",
    "teks\U000e0041\U000e0042 biasa",
)


@pytest.mark.parametrize("text", INNOCENT)
def test_innocents_stay_untouched(text):
    assert suspicion.look([("body", text)]) == []


@pytest.mark.parametrize("text", INJECTED)
def test_what_was_slipped_in_is_found(text):
    assert suspicion.look([("body", f"Air mengalir lagi di Dukuh Krajan.\n\n{text}")])


def test_no_name_of_any_place_is_found():
    names = sorted({row.name for row in read()})
    assert len(names) > 40_000
    wrong = [name for name in names if suspicion.look([("headline", f"Warga {name} bergotong royong")])]
    assert wrong == []


def test_names_of_places_beside_one_another_are_not_found_either():
    names = [row.name for row in read()][::7]
    found = [found for start in range(0, len(names), 400) for found in suspicion.look([("body", ", ".join(names[start : start + 400]))])]
    assert found == []


def test_what_was_found_is_quoted_with_its_part():
    (found,) = suspicion.look([("headline", "Panen"), ("body", "Baik. Slot  Gacor hari ini.")])[:1]
    assert (found.cause, found.found, found.part) == ("vocabulary", "Slot Gacor", "body")


def test_a_word_its_region_watches_is_found_whole_and_however_it_is_dressed_up():
    def look(text):
        return [(found.cause, found.found) for found in suspicion.look([("body", text)], watched=["kafir", "usir mereka"])]

    assert look("Orang itu kafir!") == [("words", "kafir")] == look("Orang itu kafir.")
    assert look("kаfir") == [("words", "kаfir"), ("hidden", "kаfir")]  # a Cyrillic а
    assert look("Ayo USIR  mereka") == [("words", "USIR mereka")]
    assert look("Surah Al-Kafirun dibaca.") == [] == look("pengusiran mereka")


def test_ten_thousand_links_are_one_finding_and_few_are_none():
    flood = suspicion.look([("body", "https://desa.id/a " + " ".join(f"https://desa.id/{n}" for n in range(10_000)))])
    assert [found.cause for found in flood] == ["flood"]
    assert not suspicion.look([("body", " ".join(f"https://desa.id/{n}" for n in range(suspicion.FLOOD_OF_LINKS)))])


def test_a_shortener_is_named_not_found():
    assert (
        suspicion.is_short("https://bit.ly/abc") and suspicion.is_short("https://www.s.id/x") and not suspicion.is_short("https://desa.id")
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Air\u200b mengalir", "Air mengalir"),
        ("Siti \u202eRahayu", "Siti Rahayu"),
        ("\u2067Joko\u2069  Prasetyo", "Joko Prasetyo"),
        ("a\u3164b\x07\x00", "ab"),
        ("می‌خواهم", "می‌خواهم"),
        ("keluarga 👨‍👩‍👧", "keluarga 👨‍👩‍👧"),
        ("ꦏꦤ꧀ꦛꦺꦴꦁ", "ꦏꦤ꧀ꦛꦺꦴꦁ"),
    ],
)
def test_a_name_is_kept_without_what_nobody_sees(typed, kept):
    assert one_line(typed) == kept


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=400))
def test_no_text_whatever_breaks_it(text):
    for found in suspicion.look([("body", text)], watched=[text[:20]]):
        assert found.found and len(found.found) < 120


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="slotgacr0@. -/hps:\u200b\u0455\n(]<", max_size=600))
def test_no_arrangement_of_its_own_signs_breaks_it(text):
    suspicion.look([("body", text)])
    suspicion.suspicious_address(text)


@pytest.mark.parametrize(
    "piece", ["a.", "](", "s l o t ", "https://", "display: ", "<", "\u202e", "0", "slot", "a-", "@", " ", "\n \n", "%73"]
)
def test_work_grows_with_the_text_and_no_faster(piece):
    """Steps, not seconds: as many words are looked up as there are words, four windows each; what is read is bounded."""
    text = piece * (200_000 // len(piece))
    found = suspicion.look([("body", text)])
    assert len(found) <= suspicion.MOST
    assert len(suspicion.words(text[: suspicion.LONGEST])) <= suspicion.LONGEST
