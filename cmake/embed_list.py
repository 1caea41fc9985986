"""Writes a source that defines a list of files by name and content; see EmbedList.cmake.

embed_list.py OUT NAMESPACE NAME FILE...
"""
import pathlib
import sys

BYTES_PER_LINE = 24


def literal(content: bytes) -> str:
    """Bytes as numbers: no delimiter, length or character of the file can break the literal."""
    lines = []
    for at in range(0, len(content), BYTES_PER_LINE):
        piece = "".join(f"\\x{byte:02x}" for byte in content[at : at + BYTES_PER_LINE])
        lines.append(f'        "{piece}"')
    return "\n".join(lines) or '        ""'


def main() -> None:
    out, namespace, name, *files = sys.argv[1:]
    text = [
        "// Made from files of the project by cmake/embed_list.py.",
        '#include "platform/page/page.hpp"',
        "#include <span>",
        f"namespace {namespace} {{",
        "namespace {",
        f"const platform::page::EmbeddedFile {name}Files[] = {{",
    ]
    for path in sorted(map(pathlib.Path, files), key=lambda file: file.name):
        content = path.read_bytes()
        view = f"std::string_view{{\n{literal(content)}, {len(content)}}}"
        text.append(f'    {{"{path.name}", {view}}},')
    text += [
        "};",
        "} // namespace",
        f"extern const std::span<const platform::page::EmbeddedFile> {name};",
        f"const std::span<const platform::page::EmbeddedFile> {name}{{{name}Files}};",
        f"}} // namespace {namespace}",
    ]
    pathlib.Path(out).write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
