"""What the command line understands: names, options and help. The work itself is imported when a command runs."""

from __future__ import annotations

from pathlib import Path

import click

from storymap import __version__


class SuggestingGroup(click.Group):
    """A group of commands that answers a misspelt one with the nearest that exists."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` names; an unknown one is a usage error that suggests another."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from rapidfuzz import process

            best = process.extractOne(args[0], self.list_commands(ctx), score_cutoff=50)
            if best:
                raise click.UsageError(f'no command "{args[0]}"; did you mean "{best[0]}"?', ctx=ctx) from error
            raise


@click.group(cls=SuggestingGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="storymap", message="%(prog)s %(version)s")
def storymap() -> None:
    """Make story maps from Markdown: a static site that needs no network and no account."""


@storymap.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=".")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Folder to write to.  [default: site]")
@click.option("--open", "open_site", is_flag=True, help="Show the site in a browser when it is built.")
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--drafts", is_flag=True, help="Build stories that are marked as drafts, too.")
@click.option("--url", help="Where the site will stand, for 404.html; otherwise as the settings say.")
def build(folder: Path, output: Path | None, open_site: bool, strict: bool, drafts: bool, url: str | None) -> None:
    """Build the site of the project in FOLDER."""
    from storymap.cli.build import run_build

    raise SystemExit(run_build(folder, output=output, open_site=open_site, strict=strict, drafts=drafts, url=url))
