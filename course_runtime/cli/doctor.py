"""`workshop doctor`: what is missing, and the command that mends it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.finding import Finding
from course_runtime.cli.screen import console, say

if TYPE_CHECKING:
    from rich.console import Console

LIVE = (
    "Live mode is not in this version of the kit yet; everything runs against the emulator on this machine.",
    "When it comes it will need an Azure subscription, a signed-in Azure CLI (`az login`), the role Contributor on a",
    "resource group of your own, and some quota for small machines in one region. The commands stay the same.",
)


def doctor(
    live: Annotated[bool, typer.Option("--live", help="What live mode will need.")] = False,
) -> None:
    """Look for what is missing, and say what mends it.

    Exit code 0 when nothing stands in the way of a check.
    """
    if live:
        say(*LIVE)
        return
    screen = console()
    findings = []
    for finding in all_findings(Path.cwd()):
        findings.append(finding)
        print_finding(screen, finding)
    blocking = [finding for finding in findings if finding.blocks]
    print_summary(screen, blocking)
    raise typer.Exit(1 if blocking else 0)


def all_findings(cwd: Path) -> list[Finding]:
    from course_runtime.cli.doctor_emulator import emulator_findings
    from course_runtime.cli.doctor_machine import machine_findings
    from course_runtime.cli.doctor_sandbox import sandbox_findings
    from course_runtime.cli.places import places_for
    from course_runtime.emulator import PlaceUnusable

    findings = machine_findings(cwd)
    try:
        places = places_for(cwd)
        places.make()
    except PlaceUnusable as error:
        return [*findings, Finding("State folder", False, str(error))]
    findings.append(
        Finding("State folder", True, f"{places.state}; sockets in {places.runtime}, private to you")
    )
    return [*findings, *emulator_findings(places), *sandbox_findings(places)]


def print_finding(screen: Console, finding: Finding) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=7)
    table.add_column(width=18)
    table.add_column(ratio=1, overflow="fold")
    words, style = finding.verdict
    table.add_row(Text(words, style=style), Text(finding.name), Text(finding.detail))
    if finding.mend:
        table.add_row("", "", Text(finding.mend, style="bold"))
    screen.print(table)


def print_summary(screen: Console, blocking: list[Finding]) -> None:
    screen.print()
    if blocking:
        names = ", ".join(finding.name for finding in blocking)
        screen.print(f"To be mended before a check can run: {names}.", style="bold red")
    else:
        screen.print("Nothing stands in the way of a check.", style="bold green")
