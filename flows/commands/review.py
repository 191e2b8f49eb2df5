"""review list|show|edit|approve|reject."""

from __future__ import annotations

import getpass
import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from flows.commands.output import JSON, print_json, print_table, say, text_of

if TYPE_CHECKING:
    from schemas.drafts import Draft

EDITOR = typer.Option(
    None, "--as", metavar="NAME", help="Who decides; it is printed on the page. Default: the login name."
)
group = typer.Typer(
    no_args_is_help=True,
    help=(
        "What waits for an editor, and the editor's decisions.\n\n"
        "\b\nExamples:\n"
        "  tiebreak review list\n"
        "  tiebreak review show 12\n"
        "  tiebreak review approve 12 --as 'Ann Lee'"
    ),
)
#: The largest number that a store can hold.
DRAFT = typer.Argument(..., metavar="DRAFT", min=1, max=2**63 - 1, help="Number of a draft: `tiebreak review list`.")


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(group, name="review")


@group.command("list")
def list_(as_json: bool = JSON) -> None:
    """The drafts that wait, oldest first, and why each waits.

    Example: tiebreak review list
    """
    from flows.bootstrap import build
    from schemas.states import DraftState

    with build(offline=True) as parts:
        waiting = parts.store.drafts.in_state(DraftState.IN_REVIEW)
    rows = [
        {
            "draft": record.id,
            "comparison": record.comparison,
            "written_by": record.model or record.drafter,
            "since": record.created_at.strftime("%Y-%m-%d %H:%M"),
            "decision": record.report.decision.value if record.report else None,
            "reason": record.reason,
        }
        for record in waiting
    ]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(
            ["draft", "comparison", "written by", "since", "decision", "why it waits"],
            [list(row.values()) for row in rows],
        )
    else:
        typer.echo("nothing waits for review")


@group.command()
def show(draft_id: int = DRAFT, as_json: bool = JSON) -> None:
    """A draft with every claim marked, and the arithmetic behind each.

    Example: tiebreak review show 12
    """
    from flows.bootstrap import build
    from flows.commands.marking import print_marked
    from flows.review import look
    from schemas.states import DraftState

    with build(offline=True) as parts:
        record, _sheet, examined = look(parts, draft_id)
    if as_json:
        print_json(
            {
                "draft": record.id,
                "state": record.state.value,
                "revision": record.revision_number,
                "text": examined.rendered.text,
                "source": record.draft.model_dump(mode="json"),
                "report": examined.report.model_dump(mode="json"),
            }
        )
        return
    typer.echo(
        f"draft {record.id} of {record.comparison}, revision {record.revision_number} by {record.author}: "
        f"{record.state.value.replace('_', ' ')}"
    )
    if record.reason:
        typer.echo(f"  {record.reason}")
    typer.echo("")
    print_marked(examined.rendered.text, examined.report)
    if record.state is DraftState.IN_REVIEW:
        say(f"next: tiebreak review approve {record.id}, or edit {record.id}, or reject {record.id} --reason '...'")


@group.command()
def edit(
    draft_id: int = DRAFT,
    file: Path | None = typer.Option(
        None, "--file", help="Read the new text from this file instead of opening an editor."
    ),
    reason: str = typer.Option("edited", "--reason", help="Why; it is kept with the revision."),
    editor: str | None = EDITOR,
) -> None:
    """Change a draft's source text in $EDITOR, and check it again.

    One sentence a line, under its block's name. Adds a revision; nothing is lost. Exit 2 when the text cannot be read
    as a draft or holds an unknown reference: nothing is saved then.

    Example: tiebreak review edit 12 --reason "said it shorter"
    """
    from flows.bootstrap import build
    from flows.commands.marking import print_marked
    from flows.errors import InputError, TiebreakError
    from flows.review import edit as save
    from flows.review import look

    with build(offline=True) as parts:
        record, _sheet, _examined = look(parts, draft_id)
        before = as_text(record.draft)
        after = text_of(str(file)) if file else _in_editor(before)
        if after == before:
            typer.echo("unchanged")
            return
        try:
            examined = save(
                parts,
                draft_id,
                from_text(after),
                parent=record.revision_number,
                editor=_name(editor),
                reason=reason,
            )
        except (ValueError, TiebreakError) as error:
            # What someone typed into an editor must not be lost with the temporary file.
            kept = file or _kept(after, draft_id)
            raise InputError(
                f"not saved: {error}; mend it and run `tiebreak review edit {draft_id} --file {kept}`"
            ) from error
    print_marked(examined.rendered.text, examined.report)


@group.command()
def approve(
    draft_id: int = DRAFT,
    editor: str | None = EDITOR,
    override: bool = typer.Option(
        False, "--override", help="Answer yourself for claims that the checker could not verify."
    ),
) -> None:
    """Approve a draft and publish it.

    A contradicted claim cannot be approved; one that the checker could not verify needs --override. Exit 3 when a
    claim stands in the way.

    Example: tiebreak review approve 12 --as 'Ann Lee'
    """
    from flows.bootstrap import build
    from flows.review import approve as yes

    with build(offline=True) as parts:
        page = yes(parts, draft_id, editor=_name(editor), override=override)
    typer.echo(
        f"draft {draft_id} approved by {_name(editor)}: " + (page or "publishing is paused, `tiebreak resume publish`")
    )


@group.command()
def reject(
    draft_id: int = DRAFT,
    reason: str = typer.Option(..., "--reason", help="What is wrong with it."),
    editor: str | None = EDITOR,
) -> None:
    """Reject a draft. A page that is already published stays.

    Example: tiebreak review reject 12 --reason "the verdict leans on one benchmark"
    """
    from flows.bootstrap import build
    from flows.errors import InputError
    from flows.review import reject as no

    with build(offline=True) as parts:
        if not reason.strip():
            raise InputError("--reason is empty: whoever drafts next needs to know what was wrong")
        no(parts, draft_id, editor=_name(editor), reason=reason)
    typer.echo(f"draft {draft_id} rejected: {reason}")


def as_text(draft: Draft) -> str:
    """A draft as a person edits it: `[block]`, then one sentence a line."""
    return "\n".join(
        "\n".join([f"[{block.name}]", *(sentence.text for sentence in block.sentences), ""]) for block in draft.blocks
    )


def from_text(text: str) -> Draft:
    """The reverse of `as_text`. Raises ValueError naming the line."""
    from schemas.drafts import Block, Draft, Sentence

    blocks: list[tuple[str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if stripped.startswith("[") and stripped.endswith("]"):
            name = stripped[1:-1]
            if any(name == known for known, _ in blocks):
                raise ValueError(f"line {number}: block [{name}] stands there twice")
            blocks.append((name, []))
        elif stripped:
            if not blocks:
                raise ValueError(f"line {number}: a sentence before the first [block]")
            blocks[-1][1].append(stripped)
    if not blocks:
        raise ValueError("it is empty")
    return Draft(
        blocks=tuple(
            Block(name=name, sentences=tuple(Sentence(text=one) for one in lines)) for name, lines in blocks if lines
        )
    )


def _in_editor(text: str) -> str:
    """Let the person change `text` in $VISUAL or $EDITOR."""
    from flows.errors import InputError

    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.NamedTemporaryFile("w+", suffix=".txt", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        try:
            done = subprocess.run([*command, file.name], check=False)  # noqa: S603 - the person's own editor
        except OSError as error:
            raise InputError(f"cannot start {command[0]!r}: set EDITOR, or give the text with --file") from error
        if done.returncode != 0:
            raise InputError(f"{command[0]!r} ended with {done.returncode}: nothing was saved")
        return Path(file.name).read_text(encoding="utf-8")


def _kept(text: str, draft_id: int) -> Path:
    """Leave `text` in a file of its own for the person to go on with."""
    with tempfile.NamedTemporaryFile(
        "w", prefix=f"tiebreak-draft-{draft_id}-", suffix=".txt", encoding="utf-8", delete=False
    ) as file:
        file.write(text)
    return Path(file.name)


def _name(editor: str | None) -> str:
    return editor or getpass.getuser()
