"""A server's own names and spellings, as moderators teach them and questions use them at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.curation.named import Named
from bot.curation.naming import LONGEST_SPELLING, MOST_SPELLINGS
from fakes.knowing import GOLDEN_NOTE, a_snippet
from fakes.nasty import PIECES
from fakes.town import labels, shown
from knowledge.kinds import KINDS
from knowledge.models import Entity, Scope

SHOP = a_snippet("shop", "Kkotcha opened in 2020.")
GOLDEN = "Golden stayed at No. 1 for 76 days"


@pytest.fixture
async def mod(town):
    return await town.moderator()


@pytest.fixture
def here(town):
    return town.guild.id


@pytest.fixture
def naming(small):
    return small.use_cases.naming


async def answered(small, question, guild):
    outcome = (await small.asking.ask(question, Scope(guild))).outcome
    return [line.text for line in getattr(outcome, "lines", ())]


async def add(mod, town, name="Kkotcha", kind="soloist", **options):
    return await mod.slash(town.channel, "name add", name=name, kind=kind, **options)


async def alias(mod, town, entity, spelling):
    return await mod.slash(town.channel, "name alias", entity=entity, spelling=spelling)


# --- add ---------------------------------------------------------------------------------------------------------


async def test_a_new_name_is_understood_in_the_next_question_in_every_spelling(town, small, mod, here):
    await small.add(SHOP, here)

    result = await add(mod, town, korean="꽃차", aliases="Flower Tea, Miss Petal")

    assert result.ephemeral
    assert shown(result).splitlines() == [
        "### Saved. The next question knows this name.",
        "**Kkotcha** (soloist)",
        *("- Kkotcha", "- 꽃차", "- Flower Tea", "- Miss Petal"),
    ]
    for spelling in ("Flower Tea", "Miss Petal", "Kkotcha"):
        assert await answered(small, f"When did {spelling} open?", here) == [SHOP.text]
    assert await answered(small, "When did Flower Tea open?", here + 1) == []


async def test_a_text_in_korean_alone_is_embedded_with_a_new_name_at_once(town, small, mod, here):
    await small.add(replace(SHOP, text=None, text_ko="꽃차는 며칠 동안 문을 열었다."), here)

    await add(mod, town, korean="꽃차")

    assert ["Kkotcha day"] in small.embedder.encoded
    (held,) = small.index.owner(here).documents()
    keys = {wording.key for wording in held.embedded}
    assert (await small.store.vectors(small.embedder.fingerprint, keys)).keys() == keys


async def test_a_new_name_is_undone_with_one_press(town, small, mod, here):
    await small.add(SHOP, here)
    result = await add(mod, town, aliases="Flower Tea")

    undone = await town.press(result, "Undo", who=mod)

    assert shown(undone).splitlines() == ["### Undone. It is no longer there.", "> Kkotcha · Flower Tea"]
    assert await answered(small, "When did Flower Tea open?", here) == []
    assert labels(await add(mod, town)) == ["Undo"], "it may be added again"


async def test_a_name_in_hangul_alone_gets_an_id_that_a_button_can_carry(town, small, mod, here):
    await add(mod, town, name="꽃차", kind="솔로 가수")

    (entity,) = small.index.named(here)
    assert (entity.name, entity.kind) == ("꽃차", "soloist")
    assert entity.id.isascii()


async def test_two_with_one_name_are_told_and_asked_back(town, small, mod, here):
    result = await add(mod, town, name="Golden", kind="group")

    assert "Golden is also a name of **Golden** (song)" in shown(result)
    (entity,) = small.index.named(here)
    assert entity.id == "golden-2"
    assert small.index.vocabulary(Scope(here)).names.mentions("Golden")[0].entities == ("golden", "golden-2")


async def test_the_same_name_of_the_same_kind_is_not_added_twice(town, small, mod, here):
    result = await add(mod, town, name="GOLDEN", kind="song")

    assert "There is one of the same kind with this name" in shown(result)
    assert labels(result) == []
    assert small.index.named(here) == ()


async def test_spellings_that_are_found_alike_are_kept_once(naming, small, here):
    result = await naming.add(here, 7, "Kkot Cha", "group", "꽃차", "kkotcha, 꽃 차,, Flower Tea ,FLOWER-TEA")

    assert result.entity.spellings == ("Kkot Cha", "꽃차", "Flower Tea")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"name": " \u200b "}, "Please write a name."),
        ({"name": "x" * (LONGEST_SPELLING + 1)}, "too long for a name"),
        ({"name": "2024 !!"}, "at least one letter"),
        ({"aliases": "fine, 1234"}, "at least one letter: 1234"),
        ({"korean": "가" * (LONGEST_SPELLING + 1)}, "too long for a name"),
        ({"aliases": ",".join(f"name {'abcdefghij'[n % 10]}{n}" for n in range(MOST_SPELLINGS + 1))}, "too many"),
        ({"kind": "planet"}, "planet is no kind of name"),
    ],
)
async def test_what_is_no_name_is_refused_in_a_sentence(town, small, mod, here, options, told):
    result = await add(mod, town, **options)

    assert told in shown(result)
    assert small.index.named(here) == ()


@pytest.mark.parametrize(
    ("spelling", "told"),
    [
        ("day", "is an everyday word too"),
        ("며칠", "is an everyday word too"),
        ("the", "will not be understood"),
        ("a b c d e f g h i j k", "will not be understood"),
    ],
)
async def test_a_common_word_is_saved_with_a_warning(town, mod, spelling, told):
    assert told in shown(await alias(mod, town, "tiger-tea", spelling))


# --- alias -------------------------------------------------------------------------------------------------------


async def test_a_new_spelling_of_a_bundled_name_holds_in_this_server_alone(town, small, mod, here):
    question = "What about Aurum?"
    assert await answered(small, question, here) == []

    result = await alias(mod, town, "golden", "Aurum")

    assert "### Saved. The next question knows this spelling." in shown(result)
    assert await answered(small, question, here) == [GOLDEN_NOTE.text]
    assert small.index.vocabulary(Scope(here)).names.mentions("골든 Aurum")[1].entities == ("golden",)
    assert small.index.vocabulary(Scope(here + 1)).names.mentions("Aurum") == []
    assert "It is as it was before" in shown(await town.press(result, "Undo", who=mod))
    assert small.index.vocabulary(Scope(here)).names.mentions("Aurum") == []


async def test_the_entity_may_be_typed_by_hand_in_any_spelling(town, small, mod, here):
    await alias(mod, town, " tiger TEA ", "호차")

    assert small.index.named(here) == (Entity("tiger-tea", "soloist", "Tiger Tea", "호랑이차", ("호차",)),)


async def test_a_spelling_that_is_known_already_changes_nothing(town, small, mod, here):
    assert "GOLD-EN is known already" in shown(await alias(mod, town, "golden", "GOLD-EN"))
    assert small.index.named(here) == ()


async def test_a_spelling_of_somebody_else_is_saved_and_told(town, mod):
    assert "Spotify is also a name of **Spotify** (platform)" in shown(await alias(mod, town, "golden", "Spotify"))


async def test_a_name_that_several_have_is_asked_back(town, mod):
    await add(mod, town, name="Golden", kind="group")

    result = await alias(mod, town, "Golden", "Goldie")

    assert "Several are called Golden" in shown(result)
    assert "- **Golden** (song)" in shown(result)


@pytest.mark.parametrize("command", ["name alias", "name show"])
async def test_a_name_that_nobody_has_is_said_to_be_unknown(town, mod, command):
    options = {"spelling": "x"} if command == "name alias" else {}

    result = await mod.slash(town.channel, command, entity="*Nobody*", **options)

    assert "I know nobody and nothing called \\*Nobody\\*" in shown(result)


async def test_two_moderators_teach_spellings_at_the_same_moment_and_none_is_lost(naming, small, here):
    spellings = [f"Goldie {letter}" for letter in "abcdefgh"]

    results = await asyncio.gather(*(naming.alias(here, 7, "golden", spelling) for spelling in spellings))

    assert all(isinstance(result, Named) for result in results)
    assert set(small.use_cases.names.entity(here, "golden").aliases) == set(spellings)


# --- show --------------------------------------------------------------------------------------------------------


async def test_show_lists_every_spelling_and_which_are_the_servers_own(town, mod):
    await alias(mod, town, "golden", "Goldie")

    result = await mod.slash(town.channel, "name show", entity="goldie")

    assert shown(result).splitlines() == [
        "### **Golden** (song)",
        *("- Golden", "- 골든", "- Goldie (this server's)"),
        "-# bundled name · notes about it: 1 · golden",
    ]


async def test_notes_that_are_hidden_or_removed_are_not_counted(town, small, mod, here):
    await small.add(replace(SHOP, entities=("golden",)), here)
    assert small.use_cases.naming.show(here, "golden").notes == 2
    await small.remove(GOLDEN_NOTE.id, here)
    assert small.use_cases.naming.show(here, "golden").notes == 1
    await small.remove("shop", here)
    assert small.use_cases.naming.show(here, "golden").notes == 0
    assert small.use_cases.naming.show(here + 1, "golden").notes == 1


# --- suggestions -------------------------------------------------------------------------------------------------


async def suggested(who, town, typed, command="name show", option="entity"):
    return [choice["value"] for choice in await who.autocomplete(town.channel, command, option, typed)]


async def test_entities_are_suggested_by_any_spelling_and_own_ones_at_once(town, mod):
    assert await suggested(mod, town, "호랑") == ["tiger-tea"]
    assert await suggested(mod, town, "tea") == ["tiger-tea"]
    await alias(mod, town, "spotify", "Tea Radio")
    result = await add(mod, town, name="Tea Party", kind="group")
    assert await suggested(mod, town, "tea") == ["spotify", "tea-party", "tiger-tea"]
    await town.press(result, "Undo", who=mod)
    assert await suggested(mod, town, "tea") == ["spotify", "tiger-tea"]


async def test_a_suggestion_says_what_it_is_and_by_which_spelling_it_was_found(town, mod):
    await alias(mod, town, "golden", "Goldie")
    town.speaks_korean(mod)

    (choice,) = await mod.autocomplete(town.channel, "name show", "entity", "goldie")

    assert choice["name"] == "골든 · Golden (노래) · Goldie"


async def test_names_of_another_server_are_never_suggested_or_shown(town, small, mod, here):
    await small.use_cases.naming.add(here + 1, 7, "Secret Tea", "group", "비밀차")

    assert await suggested(mod, town, "secret") == []
    assert await suggested(mod, town, "비밀") == []
    assert "I know nobody and nothing" in shown(await mod.slash(town.channel, "name show", entity="secret-tea"))


async def test_kinds_are_suggested_by_their_word_in_both_languages(town, mod):
    assert (await suggested(mod, town, "gro", "name add", "kind"))[0] == "group"
    assert await suggested(mod, town, "그룹", "name add", "kind") == ["group"]
    assert len(await suggested(mod, town, "", "name add", "kind")) == 25 < len(KINDS)


async def test_a_member_may_not_and_is_suggested_nothing(town, small, here):
    for command, options in (
        ("name add", {"name": "X Y", "kind": "group"}),
        ("name alias", {"entity": "golden", "spelling": "Goldie"}),
        ("name show", {"entity": "golden"}),
    ):
        result = await town.alice.slash(town.channel, command, **options)
        assert "Only this server's moderators" in shown(result)
    assert await suggested(town.alice, town, "gold") == []
    assert small.index.named(here) == ()


@pytest.mark.slow
async def test_whatever_is_typed_gets_a_reply_and_suggestions(town, mod):
    for piece in PIECES:
        typed = "x" + piece
        assert shown(await alias(mod, town, "golden", typed)), piece
        assert shown(await mod.slash(town.channel, "name show", entity=typed)), piece
        assert len(await mod.autocomplete(town.channel, "name show", "entity", typed)) <= 25, piece
