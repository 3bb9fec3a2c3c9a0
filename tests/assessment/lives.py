"""Drawn lives: commands on portraits, strengths and questionnaires, mostly as people would ask."""

from __future__ import annotations

from datetime import timedelta

from services.assessment.domain import catalogue_commands as on_catalogues
from services.assessment.domain import commands as on_assessments
from services.assessment.domain import resources_commands as on_resources
from services.assessment.domain.change import EXPECTED, JUDGEMENTS, THANKS_TO
from services.assessment.domain.events import Step
from services.assessment.domain.showing import TABS, VISIBILITIES
from shared import coproduction
from tests.assessment.given import (
    CATALOGUE,
    DIANE,
    KARIM,
    LUC,
    MARC,
    PAUL,
    SITTING,
    TENANT,
    THEMES,
    act,
    named,
    opened,
)

AWA, HERS = named("awa"), named("resources")
WORDS = ("Oui.", "Pas aujourd’hui.", "J’aimerais ma porte à moi.")
NAMES = ("logement", "revenu", "sommeil")
OFFICER = {"role": "privacy_officer"}


class Drawing:
    """One draw of a command, given the state it will meet."""

    def __init__(self, chance, state):
        self.chance, self.state = chance, state

    def one(self, *options):
        return self.chance.choice(options)

    def upto(self, most):
        return self.chance.randint(0, most)

    def luc(self):
        """Luc himself, seldom someone else, or someone noting his words."""
        who = self.upto(9)
        if who < 7:
            return act(LUC, also=self.one((), (KARIM,)))
        if who < 9:
            return act(self.one(KARIM, DIANE), LUC)
        return self.one(act(PAUL, LUC), act(KARIM))

    def other(self):
        return act(self.one(KARIM, KARIM, MARC, DIANE), also=(LUC,))

    def anyone(self):
        return self.luc() if self.one(True, False) else self.other()

    def theme(self):
        return self.one(*THEMES, *THEMES, *THEMES, "bonheur")

    def by_hand(self, who):
        if who.actor != LUC or self.upto(2):
            return {}
        visibility = self.one(*VISIBILITIES)
        audience = self.one((), (DIANE,)) if visibility == "chosen" else ()
        return {"visibility": visibility, "audience": audience}

    def value(self):
        return self.upto(105)

    def of(self, kind, default=SITTING):
        """The id of an entry of a kind, if there is one."""
        found = [e.id for e in self.state.entries.values() if e.topic == f"assessment.{kind}"]
        return self.one(*found) if found else default

    def entry(self):
        claimed = [
            e.id
            for e in self.state.entries.values()
            if "claimed" in e.attested.values() and e.readable
        ]
        every = tuple(self.state.entries) or (SITTING,)
        if self.upto(19):
            # the opening is seldom what is spoken of: without it there is nothing left to ask of
            every = every[1:] or every
        return self.one(*(claimed or every), *every)


def on_portraits(d):
    """A command on an assessment."""
    who, made = d.luc(), on_assessments
    options = {
        made.OpenAssessment: opened,
        made.RateTheme: lambda: made.RateTheme(
            act=who, stream=SITTING, theme=d.theme(), value=d.value(), **d.by_hand(who)
        ),
        made.SkipTheme: lambda: made.SkipTheme(
            act=who,
            stream=SITTING,
            theme=d.theme(),
            choice=d.one("not_concerned", "rather_not_say"),
            **d.by_hand(who),
        ),
        made.WithdrawRating: lambda: made.WithdrawRating(act=who, stream=SITTING, theme=d.theme()),
        made.NoteView: lambda: made.NoteView(
            act=d.other(), stream=SITTING, theme=d.theme(), words=d.one(*WORDS)
        ),
        made.ReviseView: lambda: revised(d),
        made.DiscussTheme: lambda: spoken(d, d.anyone()),
        made.PutOffDiscussion: lambda: made.PutOffDiscussion(
            act=d.anyone(), stream=SITTING, theme=d.theme()
        ),
        made.WantTogether: lambda: made.WantTogether(
            act=who, stream=SITTING, what=d.one(*WORDS), with_party=KARIM
        ),
        made.PlaceStar: lambda: made.PlaceStar(
            act=who, stream=SITTING, theme=d.theme(), rank=d.one(None, 1, 2, 3)
        ),
        made.RemoveStar: lambda: made.RemoveStar(act=who, stream=SITTING, theme=d.theme()),
        made.ShareAssessment: lambda: shared(d),
        made.EndSharing: lambda: made.EndSharing(
            act=act(), stream=SITTING, sharing=d.of("assessment_shared")
        ),
        made.HoldSharingMeeting: lambda: made.HoldSharingMeeting(
            act=d.anyone(), stream=SITTING, themes=d.one((), ("travail",))
        ),
        made.JudgeChange: lambda: judged(d, who),
        made.CloseAssessment: lambda: made.CloseAssessment(act=who, stream=SITTING),
        made.ReopenAssessment: lambda: made.ReopenAssessment(act=who, stream=SITTING),
    }
    closed = d.state.version and d.state.told and d.state.closed
    likely = [made.RateTheme, made.ShareAssessment, made.DiscussTheme, made.NoteView]
    if d.state.views:
        likely += [made.ReviseView] * 3
    kinds = [*options, *likely, *likely, *likely] + ([made.ReopenAssessment] * 9 if closed else [])
    return options[d.one(*kinds)]()


def revised(d):
    """A view there is already, moved by something said on its theme."""
    theme, author = d.one(*d.state.views or [("travail", KARIM)])
    return on_assessments.ReviseView(
        act=act(author, also=(LUC,), because_of=(d.of("theme_discussed"),)),
        stream=SITTING,
        theme=theme,
        words=d.one(*WORDS),
        value=d.upto(100),
    )


def spoken(d, who):
    return on_assessments.DiscussTheme(
        act=who, stream=SITTING, theme=d.theme(), words=d.one(*WORDS), **d.by_hand(who)
    )


def shared(d):
    limits = d.one({}, {}, {"only_themes": ("travail",)}, {"except_themes": ("intimite",)})
    return on_assessments.ShareAssessment(
        act=d.one(act(), act(), act(), act(KARIM, LUC)),
        stream=SITTING,
        parts=d.one(("quality_of_life",), TABS),
        audience=d.one((KARIM,), (DIANE, MARC)),
        my_team=d.one(True, False),
        **limits,
    )


def judged(d, who):
    return on_assessments.JudgeChange(
        act=who,
        stream=SITTING,
        judgement=d.one(*JUDGEMENTS),
        since=who.occurred.date() - timedelta(days=30),
        theme=d.theme(),
        expected=d.one(None, *EXPECTED),
        thanks_to=(d.one(*THANKS_TO),),
    )


def on_strengths(d):
    """A command on a person's strengths and aspirations."""
    who, made = d.luc(), on_resources
    strength, aspiration = d.of("strength_named"), d.of("aspiration_named")
    on = {"act": who, "stream": HERS}
    return d.one(
        made.NameStrength(**on, kind="personal", words=d.one(*WORDS), **d.by_hand(who)),
        made.NameAspiration(**on, words=d.one(*WORDS), **d.by_hand(who)),
        made.RewordStrength(**on, strength=strength, words=d.one(*WORDS)),
        made.RewordAspiration(**on, aspiration=aspiration, words=d.one(*WORDS)),
        made.SetStrengthAside(**on, strength=strength),
        made.SetAspirationAside(**on, aspiration=aspiration),
    )


def on_questionnaires(d):
    """A command on a catalogue."""
    made = on_catalogues
    on = {"act": act(AWA, subject=TENANT, also=d.one((), (LUC,))), "stream": CATALOGUE}
    words = {"fr": d.one(*WORDS), "en": d.one(*WORDS)}
    help_ = {"help_fr": "", "help_en": ""}
    theme = d.one(*NAMES)
    drafted = made.DraftCatalogue(
        **on,
        key="maison",
        kind="quality_of_life",
        **words,
        content=made.Content((made.SphereGiven("besoins", "Besoins", "Needs"),), (), 0, 100),
    )
    if not d.state.version:
        return drafted
    adding = [
        made.AddSphere(**on, sphere=theme, **words),
        made.AddTheme(**on, theme=theme, sphere="besoins", **words, **help_),
        made.AddTheme(**on, theme=d.one(*NAMES), sphere="besoins", **words, **help_),
        made.SetScale(**on, lowest=0, highest=10, steps=(Step(0, "Non", "No"),)),
        made.DiscussCatalogue(
            act=act(d.one(LUC, AWA), subject=TENANT), stream=CATALOGUE, words=d.one(*WORDS)
        ),
    ]
    changing = [
        drafted,
        made.RenameCatalogue(**on, **words),
        made.RewordSphere(**on, sphere=d.one(*d.state.spheres or ["?"]), **words),
        made.RetireSphere(**on, sphere=d.one(*d.state.spheres or ["?"])),
        made.RewordTheme(
            **on,
            theme=d.one(*d.state.themes or ["?"]),
            **words,
            **help_,
            sphere=d.one(None, *d.state.spheres),
            sensitive=d.one(None, True, False),
        ),
        made.RetireTheme(**on, theme=d.one(*d.state.themes or ["?"])),
    ]
    ending = [made.PublishCatalogue(**on), made.RetireCatalogue(**on)]
    if d.upto(3) == 0:
        ending.append(made.SetCatalogueAside(**on, reason=d.one(None, *WORDS)))
    late = d.state.version > 8
    return d.one(*adding, *changing, *(ending if late else ()))


def answering(d, stream):
    """One of the seven answers to an entry, mostly by someone named in it."""
    entry, made = d.entry(), coproduction
    known = d.state.entries.get(entry)
    subject = known.act.subject if known else LUC
    around = tuple(known.attested) if known else (LUC,)
    party = d.one(*around, *around, LUC, KARIM)
    on = {"act": act(party, subject=subject), "stream": stream, "entry": entry}
    officer = {**on, "act": act(named("nathalie"), subject=subject, **OFFICER)}
    disputed = known is not None and known.dispute in ("open", "answered")
    outcome = {"words": d.one(*WORDS), "outcome": d.one("accepted", "kept")}
    if disputed:
        return d.one(made.AnswerDispute(**on, **outcome), made.SettleDispute(**officer, **outcome))
    return d.one(
        made.ConfirmContribution(**on, device="own"),
        made.ConfirmContribution(**on, device="own"),
        made.DisputeContribution(**on, reason=d.one(None, *WORDS)),
        made.RecordCorrection(**on, words=d.one(*WORDS)),
        made.WithdrawWords(**on),
        d.one(made.MisfileEntry(**on), made.MisfileEntry(**officer)),
    )
