"""What a task gives to others: values that hold one dataset have it once, wherever they are read."""

from __future__ import annotations

import pickle

from shapely.geometry import Point

from storymap.building.executors import Batch, do_batch, pack_batch
from storymap.building.tasks import Part, Pickled, Task, Unpacked, pack
from storymap.errors import Report
from storymap.model.data import Column, Dataset, Feature
from storymap.model.layer import ColorClass, Points
from storymap.model.place import Bounds
from storymap.model.scene import Scene, View

MANY = Dataset("d", (Column("name"),), tuple(Feature(Point(n, 1), (f"Spot {n}",)) for n in range(2_000)))
VIEW = View(Bounds(0, 0, 1, 1), 5.0)


def show(dataset: Dataset, title: str) -> Scene:
    return Scene(VIEW, (Points(dataset, (0,), title, (ColorClass("#123456", ""),), (0,)),))


def count(first: Scene, second: Scene, *, report: Report) -> bytes:
    """A task that says whether two scenes came with one dataset, and the name of its last feature."""
    (one,), (other,) = first.find(Points), second.find(Points)
    return f"{one.dataset is other.dataset} {one.dataset.features[-1].values[0]}".encode()


def test_a_dataset_is_packed_once_however_many_scenes_show_it() -> None:
    one = len(pack(show(MANY, "a")))
    assert len(pack(MANY, *(show(MANY, f"step {number}") for number in range(10)))) < 2.2 * one


def test_each_value_is_read_for_itself() -> None:
    few = Dataset("e", (), (Feature(Point(0, 0)),))
    values = (show(MANY, "a"), "nothing shared", MANY, (show(few, "b"), show(MANY, "c")))
    unpacked = Unpacked.of(pack(*values))
    assert tuple(unpacked.find(number).load() for number in range(4)) == values
    assert [len(unpacked.find(number).shared) for number in range(4)] == [1, 0, 0, 2]


def test_tasks_of_a_batch_get_one_dataset_that_travels_once() -> None:
    content = pack(show(MANY, "a"), show(MANY, "b"))
    unpacked = Unpacked.of(content)
    task = Task("a", count, (Part("k", 0, "first"), Part("k", 1, "second")), "key")

    def read(part: Part) -> Pickled:
        return unpacked.find(part.number)

    batch = pack_batch([(0, task)], read)
    sent = pickle.dumps(batch.values)
    assert len(sent) < 1.1 * len(content)
    ((_, made),) = do_batch(Batch(batch.tasks, pickle.loads(sent)))
    assert made.content == b"True Spot 1999"
