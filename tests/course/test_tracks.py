from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course.errors import CourseError
from course_runtime.course.tracks import DEFAULT_TRACK, Track, load_tracks

OWN = load_tracks()


def test_the_kits_six_tracks_are_there() -> None:
    names = {track.name for track in OWN.tracks}
    assert names == {"half-day", "two-day", "workshop1", "fundamentals", "build-ai", "managed-ml"}
    assert DEFAULT_TRACK in names


def test_half_a_day_is_four_parts_of_45_minutes() -> None:
    parts = OWN.track("half-day").parts
    assert [part.minutes for part in parts] == [45, 45, 45, 45]
    assert parts[0].todos == ("0.2", "4.1", "4.2", "4.3")
    assert parts[0].module_numbers == (0, 4)


def test_half_a_day_ends_with_the_tiles_service_and_no_cost() -> None:
    assert OWN.track("half-day").parts[-1].todos[-2:] == ("8.7", "8.6")


@pytest.mark.parametrize("track", OWN.tracks, ids=lambda track: track.name)
def test_a_tracks_minutes_are_those_of_its_parts(track: Track) -> None:
    assert track.minutes == sum(part.minutes for part in track.parts)


@pytest.mark.parametrize("track", OWN.tracks, ids=lambda track: track.name)
def test_every_module_of_a_track_is_planned(track: Track) -> None:
    assert set(track.module_numbers) <= set(OWN.planned)


def test_the_plan_counts_fifteen_modules() -> None:
    assert sorted(OWN.planned) == list(range(15))


def test_a_content_root_may_bring_its_own_tracks(root: Path, tmp_path: Path) -> None:
    assert [track.name for track in load_tracks(root).tracks] == ["half-day", "whole"]
    assert load_tracks(tmp_path) == OWN


def test_an_unknown_track_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CourseError, match="half-day, two-day"):
        OWN.track("full")
