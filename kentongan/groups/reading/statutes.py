"""A template of statutes (AD) and by-laws (ART), this project's own words. Nothing in it is law; everything in it is to be talked over.

Chapters of (title, articles); an article is (name, sentences). In braces stand the group's own facts and the rules of its region.
"""

Chapters = tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]

STATUTES: Chapters = (
    (
        "Nama, tempat, dan waktu",
        (
            ("Nama", ("Kelompok ini bernama {name}, selanjutnya disebut {short}.",)),
            ("Tempat", ("{short} berkedudukan di {place}, dengan sekretariat di {secretariat}.",)),
            ("Waktu", ("{short} didirikan dalam musyawarah warga untuk waktu yang tidak ditentukan.",)),
        ),
    ),
    (
        "Asas dan tujuan",
        (
            (
                "Asas",
                (
                    "{short} berasaskan Pancasila dan bekerja atas dasar kebersamaan, kerelaan, dan keterbukaan.",
                    "{short} mandiri: dibentuk dari, oleh, dan untuk warga, dan tidak menjadi bagian dari pemerintah.",
                    "{short} tidak berpihak pada partai, calon, atau usaha mana pun, dan terbuka bagi semua warga tanpa membedakan "
                    "suku, agama, ras, dan golongan.",
                ),
            ),
            (
                "Tujuan",
                (
                    "Warga mendapat kabar yang benar, berguna, dan mudah dipahami.",
                    "Pertanyaan, keluhan, dan usul warga sampai kepada yang berwenang, dan jawabannya kembali kepada warga.",
                    "Potensi {village} dikenal dan dikembangkan bersama.",
                ),
            ),
            (
                "Kegiatan",
                (
                    "Mencari, memeriksa, membahas, dan menyebarkan informasi.",
                    "Bermusyawarah tentang masalah bersama dan melaksanakan hasilnya.",
                    "Bekerja sama dengan kelompok lain, pemerintah, dan lembaga lain secara setara.",
                    "Bidang kegiatan: {fields}.",
                ),
            ),
        ),
    ),
    (
        "Anggota",
        (
            (
                "Keanggotaan",
                (
                    "Setiap warga {village} dapat menjadi anggota dengan mendaftar dan menyetujui kesepakatan anggota.",
                    "Jumlah anggota paling sedikit {least} dan paling banyak {most} orang.",
                    "Setiap anggota punya satu suara.",
                ),
            ),
            (
                "Hak dan kewajiban",
                (
                    "Anggota berhak berpendapat, memilih, dipilih, dan melihat semua catatan kelompok.",
                    "Anggota wajib menjaga kebenaran kabar, menyebut sumber, dan menjaga rahasia narasumber.",
                    "Anggota yang punya kepentingan pada suatu kabar mengatakannya.",
                ),
            ),
        ),
    ),
    (
        "Pengurus",
        (
            (
                "Susunan",
                (
                    "Pengurus paling sedikit terdiri atas ketua, sekretaris, dan bendahara.",
                    "Pengurus dipilih musyawarah anggota untuk masa bakti {years} tahun dan dapat dipilih kembali.",
                    "Kepala desa, lurah, dan perangkatnya dapat menjadi pembina; pembina tidak punya suara.",
                ),
            ),
            (
                "Tugas",
                (
                    "Ketua memimpin kelompok dan mewakilinya ke luar.",
                    "Sekretaris mengurus surat, daftar anggota, dan berita acara.",
                    "Bendahara mengurus uang dan barang, dan melaporkannya kepada anggota.",
                ),
            ),
        ),
    ),
    (
        "Musyawarah, keuangan, dan perubahan",
        (
            (
                "Musyawarah anggota",
                (
                    "Keputusan tertinggi ada pada musyawarah anggota, paling sedikit sekali setahun.",
                    "Keputusan diambil dengan mufakat; bila tidak tercapai, dengan suara terbanyak dari yang hadir.",
                ),
            ),
            (
                "Keuangan",
                ("Uang kelompok berasal dari iuran, bantuan yang tidak mengikat, dan usaha yang sah, dan dicatat terbuka bagi anggota.",),
            ),
            (
                "Perubahan dan pembubaran",
                (
                    "Anggaran dasar diubah dan kelompok dibubarkan dengan persetujuan paling sedikit dua pertiga anggota yang "
                    "hadir dalam musyawarah untuk itu.",
                ),
            ),
        ),
    ),
)

BYLAWS: Chapters = (
    (
        "Keanggotaan",
        (
            (
                "Masuk dan keluar",
                (
                    "Calon anggota mengatakan keinginannya kepada pengurus; pengurus mencatatnya setelah ia menyetujui kesepakatan "
                    "anggota.",
                    "Keanggotaan berakhir karena minta keluar, meninggal, pindah, atau diberhentikan musyawarah sesudah didengar "
                    "penjelasannya.",
                ),
            ),
            (
                "Data anggota",
                (
                    "Kelompok hanya mencatat nama, cara menghubungi, dan peran. Data itu tidak diberikan kepada siapa pun tanpa "
                    "persetujuan orangnya.",
                ),
            ),
        ),
    ),
    (
        "Kabar",
        (
            (
                "Cara kerja",
                (
                    "Setiap kabar punya sumber, dibaca orang kedua sebelum terbit, dan dibetulkan secara terbuka bila salah.",
                    "Kabar tentang anak, korban, dan orang sakit tidak menyebut nama atau memperlihatkan wajah tanpa persetujuan.",
                    "Bahan dari pemerintah atau pihak lain disebut asalnya, dan kelompok boleh tidak memuatnya.",
                ),
            ),
            ("Keberatan", ("Warga yang keberatan atas kabar menyampaikannya kepada pengurus; pengurus menjawab paling lama tujuh hari.",)),
        ),
    ),
    (
        "Rapat dan pemilihan",
        (
            (
                "Rapat",
                (
                    "Pengurus bertemu paling sedikit sekali sebulan dan mencatat hasilnya.",
                    "Rapat sah bila dihadiri lebih dari separuh anggota; bila tidak, ditunda dan diulang paling lama empat belas "
                    "hari kemudian.",
                ),
            ),
            (
                "Pemilihan pengurus",
                (
                    "Pemilihan diadakan sebelum masa bakti berakhir dan diumumkan paling sedikit tujuh hari sebelumnya.",
                    "Pengurus lama menyerahkan surat, uang, barang, dan akses kepada pengurus baru dengan berita acara paling lama "
                    "empat belas hari.",
                    "Pengurus menegaskan susunan dan kontak kelompok setiap {months} bulan.",
                ),
            ),
        ),
    ),
    (
        "Uang dan barang",
        (
            (
                "Kas",
                (
                    "Setiap uang masuk dan keluar dicatat dengan bukti; pengeluaran disetujui ketua.",
                    "Bendahara melapor kepada anggota paling sedikit setiap enam bulan.",
                ),
            ),
            (
                "Barang",
                ("Barang kelompok dicatat dalam daftar barang. Bila kelompok bubar, barang diserahkan untuk kepentingan warga {village}.",),
            ),
        ),
    ),
    (
        "Penutup",
        (
            ("Perubahan", ("Anggaran rumah tangga diubah dalam musyawarah anggota dengan suara terbanyak.",)),
            ("Hal lain", ("Yang belum diatur di sini diputuskan dalam musyawarah, selama tidak bertentangan dengan anggaran dasar.",)),
        ),
    ),
)
