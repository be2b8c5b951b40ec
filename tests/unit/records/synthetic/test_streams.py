from creditrisk.records.synthetic.streams import Streams


def test_a_stream_is_known_by_seed_name_and_year() -> None:
    first = Streams(7)("lawsuit", 2020).random(4).tolist()
    assert Streams(7)("lawsuit", 2020).random(4).tolist() == first
    others = [Streams(8)("lawsuit", 2020), Streams(7)("lawsuit", 2021), Streams(7)("complaint", 2020)]
    assert all(other.random(4).tolist() != first for other in others)
