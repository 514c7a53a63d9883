"""`storymap explain`: what a code means, why it matters and what to do."""

from __future__ import annotations

import re

import click


@click.command(short_help="Say more about a mistake.")
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say more about the mistake with this CODE; without one, list all codes.

    It may be given as it is printed: error[unknown-place].
    """
    if code is None:
        _list_codes()
    else:
        _explain(code)


def _list_codes() -> None:
    from storymap.mistakes.catalogue import STAGES, load_mistakes

    mistakes = load_mistakes().values()
    width = max(len(mistake.code) for mistake in mistakes)
    for stage in STAGES:
        click.secho(f"{stage}", bold=True)
        for mistake in mistakes:
            if mistake.stage == stage:
                click.echo(f"  {mistake.code:{width}}  {mistake.title}")


def _explain(written: str) -> None:
    from storymap.mistakes.catalogue import advise_code, load_mistakes

    pasted = re.search(r"\[([\w-]+)\]", written)
    code = pasted[1] if pasted else written.strip().strip("[]:").lower()
    mistake = load_mistakes().get(code)
    if mistake is None:
        raise click.BadParameter(f'no mistake has the code "{code}"; {advise_code(code)}', param_hint="CODE")
    click.secho(f"{mistake.level}[{mistake.code}]: {mistake.title}", bold=True)
    for text in (mistake.why, mistake.mend):
        click.echo()
        click.echo(click.wrap_text(text, width=79, preserve_paragraphs=True))
    for name, example in (("Wrong", mistake.wrong), ("Right", mistake.right)):
        click.echo()
        click.secho(f"{name}:", fg="red" if name == "Wrong" else "green")
        click.echo(
            "\n".join(f"    {line}" if line else "" for line in example.split("\n")) if example else "    (nothing)"
        )
    click.echo()
    click.echo(click.wrap_text(_say_what_can_be_made_of_it(mistake.code, lowerable=mistake.lowerable), width=79))


def _say_what_can_be_made_of_it(code: str, *, lowerable: bool) -> str:
    if not lowerable:
        return "No site can be built with it, so neither settings nor comments can make less of it."
    return (
        f'In the settings, under [checks], {code} = "off" turns it off, and "warning" or "error" says how bad it is. '
        f"In a story, a comment silences it in one place: <!-- storymap-ignore: {code} --> on or above the line."
    )
