"""`python -m storymap`: the same as the `storymap` command."""

from storymap.cli import main

if __name__ == "__main__":
    main()
