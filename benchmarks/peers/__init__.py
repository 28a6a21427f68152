"""Other tools that find names, each a small program that is asked as a process; none is a dependency of the project."""
