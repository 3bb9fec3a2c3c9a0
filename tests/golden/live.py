"""Records a life for every aggregate that has none; what was recorded is never written again.

python -m tests.golden.live
"""

import json
import secrets
from base64 import b64encode
from datetime import date, timedelta
from itertools import count
from typing import Any

from services.assessment.domain import commands as a
from services.assessment.domain.assessment import Assessment
from services.directory.domain.care import StartCareRelation
from services.directory.domain.consents import GiveConsent
from services.directory.domain.relations import RegisterPerson, Relations, stream_of
from services.directory.domain.restrictions import RestrictAccess
from services.plans.domain.plan import Plan
from services.plans.domain.reviewing import HoldReview, OpenPlan
from shared.coproduction import ConfirmContribution, DisputeContribution, WithdrawWords
from shared.kernel import Fact
from shared.store.cipher import DataKey, seal
from shared.store.codec import encode
from shared.store.envelope import envelope_of
from tests.assessment import given as luc
from tests.directory.domain import story as awa
from tests.golden.living import FOLDER, KINDS, facts_of, lives, reads, state_of
from tests.plans import given as noemie


def an_assessment() -> list[Fact]:
    state, facts = luc.telling(
        Assessment(luc.SITTING),
        luc.opened(),
        luc.rate("travail", 20, comment="Je cherche."),
        luc.rate("sommeil", 100),
        luc.rate("famille", 60, by=luc.act(luc.KARIM, luc.LUC)),
        luc.rate("travail", 35),
        a.PlaceStar(act=luc.act(), stream=luc.SITTING, theme="travail", rank=1),
        a.PlaceStar(act=luc.act(), stream=luc.SITTING, theme="sommeil"),
        luc.share(luc.KARIM),
        a.NoteView(act=luc.act(luc.KARIM), stream=luc.SITTING, theme="sommeil", value=40),
        a.DiscussTheme(act=luc.act(), stream=luc.SITTING, theme="sommeil", words="Avant, jamais."),
        a.RemoveStar(act=luc.act(), stream=luc.SITTING, theme="sommeil"),
    )
    taken_back = next(f for f in facts if getattr(f, "comment", None))
    claimed = next(f for f in facts if f.act.actor == luc.KARIM)
    more = luc.telling(
        state,
        WithdrawWords(act=luc.act(), stream=luc.SITTING, entry=taken_back.id),
        ConfirmContribution(act=luc.act(), stream=luc.SITTING, entry=claimed.id),
        a.CloseAssessment(act=luc.act(), stream=luc.SITTING),
    )[1]
    return [*facts, *more]


def a_plan() -> list[Fact]:
    state, facts = noemie.telling(
        Plan(noemie.PLAN),
        noemie.do(OpenPlan),
        noemie.consider(),
        noemie.decline(reason="Mes rêves d’abord."),
        noemie.propose(),
        noemie.agree(),
        noemie.propose(noemie.BENEFIT, "Demander l’aide sociale.", by=noemie.isabelles()),
        noemie.agree(noemie.BENEFIT, by=noemie.noted()),
        noemie.add(),
    )
    noted = facts[-2]
    more = noemie.telling(
        state,
        noemie.dispute(noted.id),
        noemie.do(HoldReview, words="On continue."),
    )[1]
    return [*facts, *more]


def some_relations() -> list[Fact]:
    minutes = count()
    told = awa.Story(
        Relations(stream_of(awa.AWA.id)), lambda: awa.NOON + timedelta(minutes=next(minutes))
    )
    consent = {
        "audience": awa.MAY.id,
        "tabs": ("plan",),
        "purpose": "care",
        "until": date(2030, 9, 1),
    }
    told.when(RegisterPerson, name="Awa Diarra", age=34)
    told.when(
        StartCareRelation,
        party=awa.KIM.id,
        role="practitioner",
        site=awa.ROY.id,
        programme=awa.NEL.id,
        words="Kim vous accompagne.",
    )
    told.when(GiveConsent, awa.AWA, **consent)
    [noted] = told.when(GiveConsent, awa.KIM, author=awa.AWA, **consent | {"tabs": ("network",)})
    told.when(DisputeContribution, awa.AWA, entry=noted.id, reason="Je n’ai pas dit oui.")
    told.when(RestrictAccess, awa.AWA, audience=awa.ROY.id, reason="C’est mon voisin.")
    return told.facts


LIVES = {"assessment": an_assessment, "plan": a_plan, "relations": some_relations}


def recorded(name: str, facts: list[Fact]) -> list[dict[str, Any]]:
    """The lines of a life, with the words destroyed that were taken back."""
    key = DataKey(1, secrets.token_bytes(32))
    gone = {f.entry for f in facts if f.TOPIC.endswith(".words_withdrawn")}  # type: ignore[attr-defined]
    life: list[dict[str, Any]] = [{"key": b64encode(key.secret).decode()}]
    for fact in facts:
        envelope = envelope_of(fact, "subject.1")
        sealed = b64encode(seal(key, envelope, encode(fact))).decode()
        life.append({"envelope": envelope.decode(), "sealed": None if fact.id in gone else sealed})
    return [*life, {"reads": reads(name, state_of(name, facts_of(life)))}]


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in KINDS.keys() - lives().keys():
        told = [json.dumps(line, ensure_ascii=False) for line in recorded(name, LIVES[name]())]
        (FOLDER / f"{name}.jsonl").write_text("\n".join(told) + "\n", "utf-8")


if __name__ == "__main__":
    main()
