"""Fits the adapter of the bundled model (`index/embedding/adapter.safetensors`) to what is asked of the pack.

The upper layers of the encoder learn which questions mean the same note: each way to ask is to be nearer to its note's
other ways to ask and sentences than to those of the notes like it, and than to one of the note's near misses
(`knowledge/near_misses.json`; all of them do no better). Softmax over cosines, as in supervised contrastive learning
(Khosla et al. 2020, https://arxiv.org/abs/2004.11362); each batch is of notes that are near to each other. A second
term keeps every vector near to what it was. What was learnt is kept as matrices of low rank (as in LoRA, Hu et al.
2021, https://arxiv.org/abs/2106.09685), by singular values. Golden questions have no part in it.

    python -m tests.benchmarks.tune        # a quarter of an hour on two cores; prints how held-out ways to ask fare
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from bot.compose import knowing, sync_pack
from bot.settings import load_settings
from index.embedding.adapter import save_adapter
from index.embedding.export import load_sentence_transformer
from index.embedding.files import ADAPTER, BUNDLED_MODEL
from index.pipeline import Pipeline
from index.tokens import has_hangul
from knowledge.models import LANGUAGES, Scope
from knowledge.near_misses import load_near_misses
from knowledge.pack.loader import load_pack
from knowledge.sentences import sentence_spans
from knowledge.store import open_store

LAYERS = 3
"""Of six, from the top: what lies below is computed once."""

NOTES = 48
"""Notes of a batch, each with `ASKED` ways to ask, a sentence, and the question that it does not answer."""

ASKED = 3
STEPS = 600
WARM_UP = 30
RATE = 5e-5
SCALE = 20.0
"""What cosines are multiplied by before the softmax."""

KEEPING = 1.0
"""How much the distance of a vector to what it was counts."""

RANK = 24
TOGETHER, LONGEST = 64, 96
"""Texts that go through at once, tokens of a text."""


@dataclass
class Note:
    """What is embedded of a note: its English text and sentences, its ways to ask (Korean ones as their gloss), the
    same that are held out, by language, and questions that it does not answer."""

    texts: list[str]
    asks: list[str]
    held_out: dict[str, str]
    beyond: list[str]

    @property
    def all(self) -> Iterator[str]:
        yield from (*self.texts, *self.asks, *self.held_out.values(), *self.beyond)


async def notes_of_the_pack() -> list[Note]:
    """The notes of the pack that are no structured facts, with their questions."""
    beyond = load_near_misses()
    chance, notes = random.Random(0), []
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings().model_copy(update={"data_dir": Path(folder)})
        async with open_store(settings.database) as store:
            await sync_pack(store)
            async with knowing(settings, store, print, keeps=False) as known:
                for snippet in load_pack().snippets:
                    text = snippet.text_in("en")
                    if text and not snippet.statement:
                        near = beyond.get(snippet.id, ())[:1]
                        drawn = chance if len(notes) % 2 == 0 else None
                        notes.append(_note(text, snippet.asks, near, known.pipeline, drawn))
    return notes


def _note(
    text: str, asks: Sequence[str], beyond: Sequence[str], pipeline: Pipeline, chance: random.Random | None
) -> Note:
    """With `chance`, one way to ask of each language is held out where there are more than three."""

    def embedded(questions: Sequence[str]) -> list[str]:
        return [found for question in questions if (found := pipeline.read(question, Scope()).to_embed[0])]

    spans = sentence_spans(text)
    note = Note(list(dict.fromkeys((text, *(text[a:b] for a, b in spans)))), [], {}, embedded(beyond))
    for language in LANGUAGES:
        own = embedded([ask for ask in asks if has_hangul(ask) == (language == "ko")])
        if chance and len(own) > 3:
            chance.shuffle(own)
            note.held_out[language] = own.pop()
        note.asks.extend(own)
    return note


class Upper:
    """The upper layers of the encoder over what the lower ones make of each text, which is computed once."""

    def __init__(self, texts: Sequence[str]) -> None:
        loaded = load_sentence_transformer(BUNDLED_MODEL)
        self._tokenizer: Any = loaded.tokenizer
        self.transformer: Any = loaded[0].auto_model
        layers = list(self.transformer.encoder.layer)
        self._lower, self.layers = layers[:-LAYERS], torch.nn.ModuleList(layers[-LAYERS:])
        self._below: dict[str, torch.Tensor] = {}
        ordered = sorted(dict.fromkeys(texts), key=len)
        for start in range(0, len(ordered), TOGETHER):
            self._below |= self._through_lower(ordered[start : start + TOGETHER])

    @torch.no_grad()
    def _through_lower(self, texts: Sequence[str]) -> dict[str, torch.Tensor]:
        batch = self._tokenizer(texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        states = self.transformer.embeddings(input_ids=batch["input_ids"])
        states = _through(self._lower, states, batch["attention_mask"])
        lengths = batch["attention_mask"].sum(1).tolist()
        return {text: states[row, :n].half().clone() for row, (text, n) in enumerate(zip(texts, lengths, strict=True))}

    def __call__(self, texts: Sequence[str]) -> torch.Tensor:
        """The vectors of texts, shape (len(texts), width), each of length 1; those of like length go together."""
        ordered = sorted(range(len(texts)), key=lambda at: len(self._below[texts[at]]))
        groups = [ordered[start : start + TOGETHER] for start in range(0, len(ordered), TOGETHER)]
        found = torch.cat([self._together([texts[at] for at in group]) for group in groups])
        return found[torch.tensor(ordered).argsort()]

    def _together(self, texts: Sequence[str]) -> torch.Tensor:
        states = torch.nn.utils.rnn.pad_sequence([self._below[text].float() for text in texts], batch_first=True)
        lengths = torch.tensor([len(self._below[text]) for text in texts])
        mask = (torch.arange(states.shape[1])[None] < lengths[:, None]).float()
        states = _through(self.layers, states, mask) * mask[:, :, None]
        return torch.nn.functional.normalize(states.sum(1) / lengths[:, None], dim=1)

    @torch.no_grad()
    def vectors(self, texts: Sequence[str]) -> torch.Tensor:
        """The same without gradients, for many texts."""
        return self(texts)


def _through(layers: Sequence[Any], states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    hidden = (1 - mask[:, None, None, :].float()) * torch.finfo(torch.float32).min
    for layer in layers:
        out = layer(states, hidden)
        states = out[0] if isinstance(out, tuple) else out
    return states


def batches(notes: Sequence[Note], middles: torch.Tensor) -> Iterator[list[int]]:
    """Numbers of notes without end: twice in groups of near ones (halved again and again along random directions of
    their `middles`), then as chance has it."""

    def halved(numbers: list[int]) -> Iterator[list[int]]:
        if len(numbers) <= NOTES:
            yield numbers
            return
        along = (middles[numbers] @ torch.randn(middles.shape[1])).argsort().tolist()
        ordered = [numbers[i] for i in along]
        half = len(ordered) // NOTES // 2 * NOTES or len(ordered) // 2
        yield from halved(ordered[:half])
        yield from halved(ordered[half:])

    turn = 0
    while True:
        mixed = torch.randperm(len(notes)).tolist()
        if turn % 3 == 2:
            groups = [mixed[start : start + NOTES] for start in range(0, len(mixed), NOTES)]
        else:
            groups = list(halved(mixed))
            random.shuffle(groups)
        yield from groups
        turn += 1


def loss_of(vectors: torch.Tensor, owners: torch.Tensor, asking: torch.Tensor) -> torch.Tensor:
    """The mean over the rows that are `asking` of -log of the share of their own note's rows. `owners` is -1 for a
    question that no note answers."""
    alike = vectors @ vectors.T * SCALE
    itself = torch.eye(len(vectors), dtype=torch.bool)
    own = (owners[:, None] == owners[None]) & ~itself
    least = torch.finfo(torch.float32).min
    of_own = torch.logsumexp(alike.masked_fill(~own, least), 1)
    of_all = torch.logsumexp(alike.masked_fill(itself, least), 1)
    return (of_all - of_own)[asking].mean()


def train(upper: Upper, notes: Sequence[Note], before: dict[str, torch.Tensor]) -> None:
    """Changes the upper layers; `before` are the vectors of all texts as they were."""
    middles = torch.stack([torch.stack([before[ask] for ask in note.asks]).mean(0) for note in notes])
    parameters = list(upper.layers.parameters())
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    upper.layers.train()
    began, groups = time.monotonic(), batches(notes, middles)
    for step in range(STEPS):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * (1 - step / STEPS)
        texts, owners, asking = [], [], []
        for number in next(groups):
            note = notes[number]
            asks = random.sample(note.asks, min(ASKED, len(note.asks)))
            texts += [*asks, random.choice(note.texts), *note.beyond]
            owners += [number] * (len(asks) + 1) + [-1] * len(note.beyond)
            asking += [True] * len(asks) + [False] * (1 + len(note.beyond))
        vectors = upper(texts)
        kept = torch.stack([before[text] for text in texts])
        loss = loss_of(vectors, torch.tensor(owners), torch.tensor(asking))
        loss = loss + KEEPING * (1 - (vectors * kept).sum(1)).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 20 == 0:
            print(f"{step:4} of {STEPS}  loss {loss.item():.3f}  {time.monotonic() - began:.0f} s", flush=True)
    upper.layers.eval()


def report(upper: Upper, notes: Sequence[Note], said: str) -> None:
    """Prints how often the nearest way to ask of a held-out one is of its own note."""
    asks = [(number, ask) for number, note in enumerate(notes) for ask in note.asks]
    vectors, owners = upper.vectors([ask for _, ask in asks]), torch.tensor([number for number, _ in asks])
    for language in LANGUAGES:
        held = [(number, note.held_out[language]) for number, note in enumerate(notes) if language in note.held_out]
        nearest = (upper.vectors([ask for _, ask in held]) @ vectors.T).argmax(1)
        found = float((owners[nearest] == torch.tensor([number for number, _ in held])).float().mean())
        print(f"{said}: {found:.3f} of {len(held)} held-out ways to ask ({language}) are nearest to one of their note")


def main() -> None:
    torch.manual_seed(0)
    random.seed(0)
    notes = asyncio.run(notes_of_the_pack())
    upper = Upper([text for note in notes for text in note.all])
    upper.layers.eval()
    texts = list(dict.fromkeys(text for note in notes for text in note.all))
    before = dict(zip(texts, upper.vectors(texts), strict=True))
    was = {name: tensor.clone() for name, tensor in upper.transformer.state_dict().items()}
    report(upper, notes, "before")
    train(upper, notes, before)
    report(upper, notes, "after")
    learnt = {name: tensor - was[name] for name, tensor in upper.transformer.state_dict().items() if "layer" in name}
    save_adapter(ADAPTER, {name: change for name, change in learnt.items() if change.any()}, RANK)


if __name__ == "__main__":
    main()
