"""What the shell offers when Tab is pressed: read from the course's files, and nothing at all when they are damaged."""

from __future__ import annotations


def module_names(incomplete: str) -> list[tuple[str, str]]:
    from course_runtime.course import CourseError, load_catalogue

    try:
        modules = load_catalogue().modules
    except (CourseError, OSError):
        return []
    return [(module.short, module.title) for module in modules if module.short.startswith(incomplete)]


def todo_ids(incomplete: str) -> list[tuple[str, str]]:
    from course_runtime.course import CourseError, load_catalogue

    try:
        todos = [todo for module in load_catalogue().modules for todo in module.todos]
    except (CourseError, OSError):
        return []
    return [(todo.id, todo.title) for todo in todos if todo.id.startswith(incomplete)]


def targets(incomplete: str) -> list[tuple[str, str]]:
    """For `reset`: a TODO or a module."""
    return todo_ids(incomplete) + module_names(incomplete)


def track_names(incomplete: str) -> list[tuple[str, str]]:
    from course_runtime.course import CourseError, content_root, load_tracks

    try:
        tracks = load_tracks(content_root()).tracks
    except (CourseError, OSError):
        return []
    return [(track.name, track.title) for track in tracks if track.name.startswith(incomplete)]
