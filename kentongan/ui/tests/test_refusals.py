"""What a person sees who is refused: the way back, and only what differs."""

from django.test import Client, RequestFactory

from kentongan.core.guard import came_from, differ


def test_a_refused_form_has_the_way_back_to_its_page_without_the_sentence_it_began_with(rf: RequestFactory) -> None:
    def back(referer: str) -> str:
        return came_from(rf.post("/meja/kabar/7/foto/", headers={"referer": referer}))

    assert back("http://testserver/meja/kabar/7/?selesai=newsroom.write") == "/meja/kabar/7/"
    assert back("http://testserver/meja/pembahasan/baru/?tentang=kabar:7") == "/meja/pembahasan/baru/?tentang=kabar%3A7"
    assert back("http://elsewhere.example/meja/kabar/7/") == ""
    assert back("") == ""


def test_the_address_of_a_step_opened_as_a_page_says_so_and_leads_back(client: Client) -> None:
    answer = client.get("/meja/kabar/7/penerbitan/")
    assert answer.status_code == 405
    assert answer["Allow"]
    assert 'href="/meja/kabar/7/"' in answer.content.decode()


def test_texts_that_differ_only_in_how_lines_end_are_the_same_to_a_reader() -> None:
    assert not differ("satu\r\n\r\ndua", "satu\n\ndua\n")
    assert differ("satu dua", "satu tiga")
