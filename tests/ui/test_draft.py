"""A text while it is typed, beside what others do to it."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from facilitator.kernel.merge import merge
from facilitator.kernel.text import tidy
from ui.widgets.draft import Draft


def shared() -> Draft:
    draft = Draft(tidy, "engine")
    draft.show("een twee drie")
    return draft


def test_what_is_known_is_shown_while_nothing_is_typed() -> None:
    draft = Draft()
    draft.show("oud")
    draft.show("nieuw")
    assert draft.text == "nieuw"
    assert not draft.dirty
    assert draft.take() is None


def test_what_is_typed_stands_when_another_changes_the_same() -> None:
    draft = Draft()
    draft.show("oud")
    draft.type("van mij")
    draft.show("van een ander")
    assert draft.text == "van mij"
    edit = draft.take()
    assert edit is not None
    assert edit.text == "van mij"


def test_both_texts_are_joined() -> None:
    draft = shared()
    draft.type("een twee drie vier")
    draft.show("nul een twee drie")
    assert draft.text == "nul een twee drie vier"
    edit = draft.take()
    assert edit is not None
    assert edit.base == "nul een twee drie"


def test_at_the_same_place_the_engine_joins_and_tells() -> None:
    draft = shared()
    draft.type("een twee drie vier")
    draft.show("een twee drie vijf")
    assert draft.clashed
    edit = draft.take()
    assert edit is not None
    assert (edit.base, edit.text) == ("een twee drie", "een twee drie vier")


def test_joined_here_both_stand() -> None:
    draft = Draft(tidy, "here")
    draft.show("een")
    draft.type("een twee")
    draft.show("een drie")
    assert not draft.clashed
    assert "twee" in draft.text
    assert "drie" in draft.text


def test_typing_goes_on_while_it_is_sent() -> None:
    draft = shared()
    draft.type("een twee drie vier")
    assert draft.take() is not None
    draft.type("een twee drie vier vijf")
    assert draft.take() is None, "one at a time"
    draft.seen()
    draft.show("nul een twee drie vier")
    draft.answered(accepted=True)
    assert draft.text == "nul een twee drie vier vijf"
    edit = draft.take()
    assert edit is not None
    assert edit.base == "nul een twee drie vier"


def test_what_another_typed_meanwhile_waits_for_the_answer() -> None:
    draft = shared()
    draft.type("een twee drie vier")
    draft.take()
    draft.show("nul een twee drie")
    assert draft.text == "een twee drie vier"
    draft.seen()
    draft.show("nul een twee drie vier")
    assert draft.text == "nul een twee drie vier"
    assert not draft.dirty


def test_a_refused_text_stays_and_is_not_sent_again() -> None:
    draft = Draft()
    draft.show("goed")
    draft.type("te lang")
    draft.take()
    draft.answered(accepted=False)
    draft.show("goed")
    assert draft.text == "te lang"
    assert draft.take() is None
    draft.type("korter")
    assert draft.take() is not None
    draft.forget()
    assert draft.text == "goed"


def test_an_answer_before_the_entry_shows_nothing_old() -> None:
    draft = Draft()
    draft.show("oud")
    draft.type("nieuw")
    draft.take()
    draft.answered(accepted=True)
    draft.show("oud")
    assert draft.text == "nieuw"
    draft.show("nieuw")
    assert not draft.dirty


def test_after_loading_again_an_answer_is_enough() -> None:
    draft = shared()
    draft.type("een twee drie vier")
    draft.take()
    draft.reloaded()
    draft.answered(accepted=True)
    draft.show("een twee drie vier en meer")
    assert draft.text == "een twee drie vier en meer"


def test_spaces_at_the_end_stay_while_typing_and_send_nothing() -> None:
    draft = shared()
    draft.type("een twee drie ")
    draft.show("een twee drie")
    assert draft.text == "een twee drie "
    assert draft.take() is None


WORDS = st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=4), min_size=1, max_size=6)


@given(WORDS, st.lists(st.tuples(st.booleans(), st.booleans()), max_size=8))
def test_two_who_type_lose_no_word(words: list[str], moments: list[tuple[bool, bool]]) -> None:
    """Both type words of their own, one at the start and one at the end; messages come as they may."""
    engine = " ".join(words)
    drafts = [Draft(tidy, "engine"), Draft(tidy, "engine")]
    for draft in drafts:
        draft.show(engine)
    typed: list[str] = []
    for number, sends in enumerate([*moments, (True, True), (True, True), (True, True)]):
        for who, draft in enumerate(drafts):
            if number < len(moments):
                word = f"Q{who}{number}"
                typed.append(word)
                draft.type(f"{word} {draft.text}" if who == 0 else f"{draft.text} {word}")
            edit = draft.take() if sends[who] else None
            if edit is not None:
                engine = tidy(merge(tidy(edit.base), engine, tidy(edit.text)).text)
                draft.seen()
                draft.answered(accepted=True)
                draft.show(engine)
        for draft in drafts:
            draft.show(engine)
    assert all(word in engine for word in typed)
    assert drafts[0].text == drafts[1].text == engine
