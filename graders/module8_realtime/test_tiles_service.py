"""8.7: a service that says what land aerial tiles show."""

import base64
import io
import re
from dataclasses import replace

import pytest
from PIL import Image

from course_runtime.grading import listed, todo

CLOSE = 0.02
SECONDS = 60.0
FILES = "When init() was done, the model's files and the weights were taken away: run() does without them."


@pytest.fixture
def client(student, tiles_service):
    return student.probe("client", tiles_service.place.group, tiles_service.place.name)


@pytest.fixture
def asked(azure, student, client, tiles_service):
    """Asks the service; what it answered, and what its log has where the script failed."""
    endpoint = azure.endpoint(tiles_service.name)

    def ask(body):
        found = endpoint.score(body if isinstance(body, (dict, bytes)) else {"images": body}, "tiles")
        if found.status != 424 or not isinstance(found.body, dict):
            return found
        logged = student.probe("raised_in", client, tiles_service.name, "tiles")
        return replace(found, body={**found.body, "its log": logged})

    return ask


@pytest.fixture
def tiles(world, tiles_service):
    """One of each land use."""
    found = world.shuffled(tiles_service.classifier.tiles)
    return world.shuffled({tile.land_use: tile for tile in found}.values())


def text(png):
    return base64.b64encode(png).decode()


def changed(png, change):
    """The picture as another PNG."""
    content = io.BytesIO()
    change(Image.open(io.BytesIO(png))).save(content, "PNG")
    return content.getvalue()


def without_addresses(message):
    """Two requests with the same fault are told so in the same words, but for where things lie in memory."""
    return re.sub("0x[0-9a-f]+", "", message)


def doubled(picture):
    return picture.resize((2 * picture.width, 2 * picture.height), Image.Resampling.NEAREST)


def part(found, name):
    """What stands in an answer under that name; None where there is nothing, or no object."""
    return found.body.get(name) if isinstance(found.body, dict) else None


def classes_of(found, count, what):
    """The names that were answered, when they are as many as were asked for."""
    classes = part(found, "classes")
    assert found.status == 200 and isinstance(classes, list) and len(classes) == count, (
        f"{what} should be answered with the status 200 and {count} classes; the status is {found.status}, and the "
        f"answer {found.body!r}. {FILES}"
    )
    return classes


@todo("8.7", points=1)
def test_served(azure, tiles_service):
    """The endpoint has keys, and its deployment the traffic and a minute for a request."""
    where = f"{tiles_service.place.id}/onlineEndpoints/{tiles_service.name}"
    endpoint, deployment = azure.get(where), azure.get(f"{where}/deployments/tiles")
    assert endpoint and deployment, (
        f"There should be the endpoint '{tiles_service.name}' with the deployment 'tiles'; "
        f"{'it has no such deployment' if endpoint else 'there is no such endpoint'}."
    )
    found = (endpoint["properties"]["authMode"].lower(), endpoint["properties"].get("traffic"))
    assert found == ("key", {"tiles": 100}), (
        f"The endpoint should have keys, and the traffic {{'tiles': 100}}; its auth_mode is {found[0]}, and its "
        f"traffic {found[1] or 'empty'}."
    )
    timeout = (deployment["properties"].get("requestSettings") or {}).get("requestTimeout")
    assert timeout in ("PT1M", "PT60S"), (
        f"A request may take a minute, PT1M; here it may take {timeout or 'PT5S, which is what Azure gives by itself'}."
    )


@todo("8.7", points=3)
def test_tiles(asked, tiles):
    """Tiles are told apart, each with its probability."""
    expected = [tile.land_use for tile in tiles]
    found = asked([text(tile.png) for tile in tiles])
    classes = classes_of(found, len(tiles), f"A request with {len(tiles)} tiles")
    assert classes == expected, (
        f"Tiles of {', '.join(expected)} were asked about, which the classifier knows with features that were "
        f"preprocessed once; the answer is {classes}. Is each picture preprocessed once here too, and do the names "
        "come from classes.json?"
    )
    sure = part(found, "probabilities")
    right = [tile.probability for tile in tiles]
    are_numbers = isinstance(sure, list) and all(isinstance(one, (int, float)) for one in sure)
    assert are_numbers and len(sure) == len(right), (
        f'"probabilities" should be {len(right)} numbers, one for each tile: that of the class that it is said to be. '
        f"They are {sure!r}."
    )
    assert all(abs(own - one) < CLOSE for own, one in zip(sure, right, strict=True)), (
        f"The probabilities should be about {[round(one, 3) for one in right]}; they are "
        f"{[round(one, 3) for one in sure]}. Are the pictures as ResNet50 wants them, red, green and blue, and "
        "preprocessed once?"
    )


@todo("8.7", points=2)
def test_other_pictures(asked, tiles):
    """Pictures of other colours and sizes are answered as well."""
    grey, palette, clear = tiles[:3]
    unusual = {
        "in greyscale": changed(grey.png, lambda one: one.convert("L")),
        "with a palette": changed(palette.png, lambda one: one.quantize(64)),
        "with transparency": changed(clear.png, lambda one: one.convert("RGBA")),
    }
    plain = [text(changed(png, lambda one: one.convert("RGB"))) for png in unusual.values()]
    usual = classes_of(asked(plain), len(plain), "A request with three pictures")
    wrong = []
    for (what, png), expected in zip(unusual.items(), usual, strict=True):
        found = asked([text(png)])
        if found.status != 200 or part(found, "classes") != [expected]:
            wrong.append(
                f"{what}, {expected} when saved in red, green and blue: {found.status}, {found.body!r}"
            )
    expected = [tile.land_use for tile in tiles]
    found = asked([text(changed(tile.png, doubled)) for tile in tiles])
    if found.status != 200 or part(found, "classes") != expected:
        wrong.append(f"{', '.join(expected)} in 448 x 448: {found.status}, {found.body!r}")
    found = asked([text(changed(tiles[0].png, doubled)), text(tiles[1].png)])
    if found.status != 200 or part(found, "classes") != expected[:2]:
        wrong.append(
            f"{expected[0]} in 448 x 448 and {expected[1]} in 224 x 224: {found.status}, {found.body!r}"
        )
    assert not wrong, f"These pictures should be classified as well; they were not:\n{listed(wrong, 4)}"


@todo("8.7", points=2)
def test_broken_requests(asked, tiles):
    """What is no picture is told, and the service goes on."""
    good = tiles[0]
    broken = {
        "half a PNG": [text(good.png[: len(good.png) // 2])],
        "one picture, and one that is half": [text(good.png), text(good.png[: len(good.png) // 2])],
        "a file that is no picture, in base64": [text(b"no picture")],
        "a text that is no base64": ["*not base64*"],
        "a number for a picture": [7],
        "no list": {"images": 7},
        "no images": {"tiles": [text(good.png)]},
        "no JSON": b"{not json",
    }
    wrong = []
    for what, body in broken.items():
        found = asked(body)
        if found.status != 200 or not part(found, "error") or "classes" in found.body:
            wrong.append(f"{what}: status {found.status}, {found.body!r}")
    assert not wrong, (
        f'A request that is not as expected should be answered {{"error": "what is wrong"}}, with the status 200. '
        f"These were not:\n{listed(wrong, 4)}"
    )
    classes = classes_of(asked([text(good.png)]), 1, "After all that, a good tile")
    assert classes == [good.land_use], f"After all that, a tile of {good.land_use} is answered {classes}."


@todo("8.7", points=2)
def test_client(student, azure, world, client, asked, tiles, tiles_service):
    """The client sends three files in one request, and gives their names back."""
    files = sorted((f"{world.name('tile')}.png" for _ in tiles[:3]), reverse=True)
    for file, tile in zip(files, tiles, strict=False):
        student.write(file, tile.png)
    since, expected = azure.mark(), [tile.land_use for tile in tiles[:3]]
    found = student.probe("classify", client, tiles_service.name, files, seconds=SECONDS)
    assert found["answer"] == expected, (
        f"classify should return {expected} for three tiles; it returned {found['answer']!r}"
        + (f", and raised {found['error']['type']}: {found['error']['message']}" if found["error"] else "")
        + "."
    )
    posts = azure.requests("POST", "/score", host=azure.endpoint(tiles_service.name).host, since=since)
    assert len(posts) == 1, f"Three tiles should be one request; there were {len(posts)}."
    student.write(files[0], b"no picture")
    found = student.probe("classify", client, tiles_service.name, files, seconds=SECONDS)["error"]
    told = part(asked([text(b"no picture"), *(text(tile.png) for tile in tiles[1:3])]), "error")
    assert told, 'One of three pictures is none, and your service does not say so with "error".'
    assert (
        found
        and "ValueError" in found["kinds"]
        and without_addresses(str(told)) in without_addresses(found["message"])
    ), (
        f"One of three files is no picture, and the service says {told!r}: classify should raise a ValueError that "
        f"holds that text; it {'raised ' + found['type'] + ': ' + found['message'] if found else 'returned'}."
    )
