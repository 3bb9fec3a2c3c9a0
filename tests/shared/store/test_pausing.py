"""Who is in use is looked after at once; who is not costs hardly a look."""

from hypothesis import given
from hypothesis import strategies as st

from shared.store.pausing import Pausing


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(st.floats(0.001, 3600), max_size=20), st.floats(0.001, 3600))
def test_nothing_waits_longer_than_a_fiftieth_of_the_silence_before_it(silences, last):
    time = Time()
    pausing = Pausing(0.002, 0.2, time)
    for silence in silences:
        time.now += silence
        pausing.broken()
        assert pausing.seconds == 0.002
    time.now += last
    assert 0.002 <= pausing.seconds <= max(0.002, min(0.2, last / 49))


def test_a_quiet_minute_takes_few_looks():
    time = Time()
    pausing, looks = Pausing(0.002, 0.2, time), 0
    while time.now < 60:
        time.now += pausing.seconds
        looks += 1
    assert looks < 600
