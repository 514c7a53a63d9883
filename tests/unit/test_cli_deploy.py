"""Deploying: what is built is pushed to a branch, and nothing else is touched on the way."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storymap.cli.commands import storymap
from storymap.deploying.repository import find_pages_url, hide_credentials

STORY = "---\ntitle: A walk\n---\n\n## Out\nplace: Prague\n\nText.\n"
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Run git in the project, as somebody of no account with settings of no one."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Jana")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "jana@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))

    def run(*arguments: str | Path, folder: Path = tmp_path / "walks") -> str:
        ended = subprocess.run(("git", *arguments), cwd=folder, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    return run


@pytest.fixture
def project(tmp_path: Path, git: Git) -> Path:
    """A committed project with one story, whose `origin` is an empty repository on this disk."""
    folder = tmp_path / "walks"
    (folder / "stories").mkdir(parents=True)
    (folder / "storymap.toml").write_text('title = "Walks"\n')
    (folder / "stories" / "a-walk.md").write_text(STORY)
    git("init", "--quiet", "--bare", tmp_path / "remote.git", folder=tmp_path)
    git("init", "--quiet", "-b", "main")
    git("add", ".")
    git("commit", "--quiet", "-m", "First stories")
    git("remote", "add", "origin", tmp_path / "remote.git")
    return folder


def deploy(folder: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(storymap, ["deploy", str(folder), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def branches(git: Git, tmp_path: Path) -> list[str]:
    return git("branch", "--format=%(refname:short)", folder=tmp_path / "remote.git").split()


def test_the_whole_site_and_nothing_else_is_on_the_branch(project: Path, git: Git, tmp_path: Path) -> None:
    before = git("rev-parse", "HEAD"), git("status", "--porcelain"), sorted(project.glob("[!.]*"))
    result = deploy(project)
    assert result.exit_code == 0, result.output
    assert f"branch gh-pages of origin, {tmp_path / 'remote.git'}" in result.output
    assert git("rev-parse", "--short", "HEAD") in result.output
    git("clone", "--quiet", "--branch", "gh-pages", tmp_path / "remote.git", "site", folder=tmp_path)
    built = CliRunner().invoke(storymap, ["build", str(project), "--output", str(tmp_path / "built")])
    assert built.exit_code == 0
    wanted = {path.relative_to(tmp_path / "built"): path for path in (tmp_path / "built").rglob("*") if path.is_file()}
    names = {Path(name) for name in git("ls-files", "-z", folder=tmp_path / "site").split("\0") if name}
    assert names == {path for path in wanted if path.name not in {".storymap-files", ".gitignore"}}
    assert all((tmp_path / "site" / name).read_bytes() == wanted[name].read_bytes() for name in names)
    assert (git("rev-parse", "HEAD"), git("status", "--porcelain"), sorted(project.glob("[!.]*"))) == before


def test_a_second_deployment_is_a_commit_on_the_first(project: Path, git: Git, tmp_path: Path) -> None:
    assert deploy(project).exit_code == 0
    (project / "stories" / "a-walk.md").rename(project / "stories" / "another.md")
    git("add", ".")
    git("commit", "--quiet", "-m", "Another name")
    assert deploy(project).exit_code == 0
    remote = tmp_path / "remote.git"
    assert len(git("log", "--format=%s", "gh-pages", folder=remote).splitlines()) == 2
    files = git("ls-tree", "-r", "--name-only", "gh-pages", folder=remote).splitlines()
    assert "another.html" in files
    assert "a-walk.html" not in files


def test_a_dry_run_pushes_nothing(project: Path, git: Git, tmp_path: Path) -> None:
    result = deploy(project, "--dry-run")
    assert result.exit_code == 0
    assert "Would push" in result.output
    assert "to branch gh-pages of origin" in result.output
    assert "which is new there" in result.output
    assert branches(git, tmp_path) == []
    assert git("branch", "--format=%(refname:short)") == "main"


def test_what_is_not_committed_is_named_and_refused_unless_told(project: Path, git: Git, tmp_path: Path) -> None:
    (project / "stories" / "new.md").write_text(STORY)
    refused = deploy(project)
    assert refused.exit_code == 1
    assert '"stories/new.md" is not committed' in refused.output
    assert "--dirty" in refused.output
    assert branches(git, tmp_path) == []
    assert deploy(project, "--dirty").exit_code == 0
    assert "new.html" in git("ls-tree", "--name-only", "gh-pages", folder=tmp_path / "remote.git").split()


def test_drafts_stay_here_unless_told(project: Path, git: Git, tmp_path: Path) -> None:
    (project / "stories" / "secret.md").write_text(STORY.replace("title", "draft: true\ntitle"))
    git("add", ".")
    git("commit", "--quiet", "-m", "A draft")
    result = deploy(project)
    assert '"A walk" is a draft and left out' in result.output
    listing = ("ls-tree", "--name-only", "gh-pages")
    assert "secret.html" not in git(*listing, folder=tmp_path / "remote.git").split()
    assert deploy(project, "--drafts").exit_code == 0
    assert "secret.html" in git(*listing, folder=tmp_path / "remote.git").split()


def test_a_mistake_keeps_everything_here(project: Path, git: Git, tmp_path: Path) -> None:
    (project / "stories" / "a-walk.md").write_text(STORY.replace("Prague", "Prauge"))
    git("commit", "--quiet", "-am", "A slip")
    result = deploy(project)
    assert result.exit_code == 1
    assert "error[unknown-place]" in result.output
    assert "Nothing was pushed." in result.output
    assert branches(git, tmp_path) == []


def test_a_branch_that_holds_something_else_is_left_alone(project: Path, git: Git, tmp_path: Path) -> None:
    git("switch", "--quiet", "--orphan", "gh-pages")
    (project / "thesis.html").write_text("years of work")
    git("add", "thesis.html")
    git("commit", "--quiet", "-m", "Thesis")
    git("push", "--quiet", "origin", "gh-pages")
    git("switch", "--quiet", "main")
    refused = deploy(project)
    assert refused.exit_code == 1
    assert "holds something that storymap did not put there" in refused.output
    listing = ("ls-tree", "--name-only", "gh-pages")
    assert git(*listing, folder=tmp_path / "remote.git") == "thesis.html"
    assert deploy(project, "--replace").exit_code == 0
    assert "thesis.html" not in git(*listing, folder=tmp_path / "remote.git").split()


def test_a_domain_of_ones_own_is_kept(project: Path, git: Git, tmp_path: Path) -> None:
    assert deploy(project).exit_code == 0
    git("clone", "--quiet", "--branch", "gh-pages", tmp_path / "remote.git", "site", folder=tmp_path)
    (tmp_path / "site" / "CNAME").write_text("walks.example.org\n")
    git("add", "CNAME", folder=tmp_path / "site")
    git("commit", "--quiet", "-m", "Domain", folder=tmp_path / "site")
    git("push", "--quiet", folder=tmp_path / "site")
    assert deploy(project).exit_code == 0
    assert git("show", "gh-pages:CNAME", folder=tmp_path / "remote.git") == "walks.example.org"


def test_a_dry_run_tells_what_would_change_on_the_branch(project: Path, git: Git) -> None:
    assert deploy(project).exit_code == 0
    assert "which is as it would be" in deploy(project, "--dry-run").output
    (project / "stories" / "a-walk.md").rename(project / "stories" / "another.md")
    told = deploy(project, "--dry-run", "--dirty").output
    assert re.search(r"which has \d+ new, \d+ changed and \d+ removed", told)
    assert "    new: another.html\n" in told
    assert "    changed: index.html\n" in told
    assert "    removed: a-walk.html\n" in told


@pytest.mark.parametrize(("written", "branch"), [("name", "pages"), ("path", ""), ("address", "pages")])
def test_any_repository_can_be_deployed_to(
    project: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, branch: str
) -> None:
    other = tmp_path / "other.git"
    git("init", "--quiet", "--bare", other, folder=tmp_path)
    git("remote", "add", "backup", other)
    monkeypatch.chdir(tmp_path)
    to = {"name": "backup", "path": "./other.git", "address": other.as_uri()}[written]
    result = deploy(project, "--to", f"{to}#{branch}" if branch else to)
    assert result.exit_code == 0, result.output
    assert f"to branch {branch or 'gh-pages'} of " in result.output
    assert "a-walk.html" in git("ls-tree", "--name-only", branch or "gh-pages", folder=other).split()
    assert branches(git, tmp_path) == []
    assert git("remote") == "backup\norigin"
    assert deploy(project, "--to", f"{to}#{branch}" if branch else to).exit_code == 0
    assert len(git("log", "--format=%s", branch or "gh-pages", folder=other).splitlines()) == 2


def test_one_address_knows_nothing_of_another(project: Path, git: Git, tmp_path: Path) -> None:
    for name in ("one.git", "two.git"):
        git("init", "--quiet", "--bare", tmp_path / name, folder=tmp_path)
    assert deploy(project, "--to", str(tmp_path / "one.git")).exit_code == 0
    assert "which is new there" in deploy(project, "--to", str(tmp_path / "two.git"), "--dry-run").output
    assert "which is as it would be" in deploy(project, "--to", str(tmp_path / "one.git"), "--dry-run").output


def test_where_to_is_said_once(project: Path) -> None:
    result = deploy(project, "--to", "origin#pages", "--branch", "site")
    assert result.exit_code == 2
    assert "write --to REMOTE#BRANCH" in result.output


def test_a_branch_of_ones_own_that_was_never_pushed_is_left_alone(project: Path, git: Git, tmp_path: Path) -> None:
    git("branch", "thoughts")
    before = git("rev-parse", "thoughts")
    refused = deploy(project, "--branch", "thoughts")
    assert refused.exit_code == 1
    assert 'has a branch "thoughts" of its own' in refused.output
    assert git("rev-parse", "thoughts") == before
    assert branches(git, tmp_path) == []


def test_a_domain_of_the_settings_is_told_to_the_host(project: Path, git: Git, tmp_path: Path) -> None:
    (project / "storymap.toml").write_text('title = "Walks"\ncname = "Kröte.example.org"\n')
    git("commit", "--quiet", "-am", "A domain")
    told = deploy(project, "--dry-run").output
    assert "for xn--krte-6qa.example.org, as its CNAME file says" in told
    assert "to stand at https://xn--krte-6qa.example.org/" in told
    assert deploy(project).exit_code == 0
    assert git("show", "gh-pages:CNAME", folder=tmp_path / "remote.git") == "xn--krte-6qa.example.org"
    assert 'href="https://xn--krte-6qa.example.org/' in git("show", "gh-pages:404.html", folder=tmp_path / "remote.git")
    (project / "storymap.toml").write_text('title = "Walks"\ncname = "https://example.org/walks"\n')
    refused = deploy(project, "--dirty").output
    assert 'storymap.toml:2:1: error[bad-setting]: "cname" should be the name of a host alone' in refused
    assert 'help: write cname = "example.org"' in refused
    assert "Nothing was pushed." in refused


@pytest.mark.parametrize("branch", ["main", "master", "work", "a..b", "--force", "a b"])
def test_a_branch_to_work_on_and_what_is_no_branch_are_refused(project: Path, git: Git, branch: str) -> None:
    git("switch", "--quiet", "-c", "work")
    result = deploy(project, f"--branch={branch}")
    assert result.exit_code == 1
    assert "a branch to work on" in result.output or "is no name for a branch" in result.output
    assert "help: " in result.output


def test_what_is_missing_is_told_with_what_to_type(project: Path, git: Git, tmp_path: Path) -> None:
    assert "these are there: origin; or write the address of one" in deploy(project, "--remote", "upstream").output
    git("remote", "remove", "origin")
    assert "git remote add origin ADDRESS" in deploy(project).output
    git("remote", "add", "origin", tmp_path / "nowhere.git")
    assert "nowhere.git" in deploy(project).output
    (project / ".git").rename(tmp_path / "aside")
    assert "is in no git repository" in deploy(project).output
    git("init", "--quiet", "-b", "main")
    assert "nothing is committed yet" in deploy(project).output


def test_without_git_that_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = deploy(project)
    assert result.exit_code == 1
    assert "git is not installed here" in result.output


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("git@github.com:jana/walks.git", "https://jana.github.io/walks"),
        ("https://github.com/Jana/Walks", "https://jana.github.io/Walks"),
        ("ssh://git@github.com/jana/jana.github.io.git", "https://jana.github.io"),
        ("https://example.org/jana/walks.git", ""),
        ("/srv/walks.git", ""),
    ],
)
def test_where_github_serves_a_repository(address: str, url: str) -> None:
    assert find_pages_url(address) == url


def test_a_password_in_an_address_is_not_shown() -> None:
    assert hide_credentials("https://jana:secret@example.org/a.git") == "https://example.org/a.git"
    assert hide_credentials("git@example.org:a.git") == "git@example.org:a.git"
