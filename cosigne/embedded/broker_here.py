"""`make kafka`: a broker beside the data of this machine, until Ctrl-C."""

from __future__ import annotations

import signal
import sys

from cosigne.embedded.broker import Broker
from cosigne.embedded.broker_programs import programs
from cosigne.embedded.home import Home
from cosigne.words import words_for
from shared.kernel import Refused

PORT = 9092  # Kafka's own


def main() -> int:
    words = words_for()
    # so that a SIGTERM, too, stops it in good order
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        programs(lambda code: print(words.line(code), flush=True))
        if "--fetch" not in sys.argv[1:]:
            home = Home.of()
            home.make()
            with Broker(home.folder / "kafka", port=PORT) as broker:
                print(words.line("kafka.listening", servers=broker.bootstrap), flush=True)
                signal.pause()
    except Refused as refused:
        print(words.refusal(refused), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
