# fish completion of maillon; checked against --help by tests/cli/documents_test.py.
set -l commands extract link explain synth score
complete -c maillon -n "not __fish_seen_subcommand_from $commands" -f -a "$commands"
complete -c maillon -n "not __fish_seen_subcommand_from $commands" -l version -d "Print the version"
complete -c maillon -s h -l help -d "Print help"

complete -c maillon -n "__fish_seen_subcommand_from extract link" -l mapping -r -d "Which CSV column is which field"
complete -c maillon -n "__fish_seen_subcommand_from extract link" -l key -r -d "File with a 32-byte secret"
complete -c maillon -n "__fish_seen_subcommand_from extract link" -l country -x -d "Where national numbers belong"
complete -c maillon -n "__fish_seen_subcommand_from extract link" -l threads -x -d "Worker threads, 0 for all cores"
complete -c maillon -n "__fish_seen_subcommand_from extract" -l rejects -r -d "Where rejects go"
complete -c maillon -n "__fish_seen_subcommand_from extract link synth" -l quiet -d "No progress, no summary"
complete -c maillon -n "__fish_seen_subcommand_from link explain synth" -l out -x -a "(__fish_complete_directories)" -d "Folder"
complete -c maillon -n "__fish_seen_subcommand_from link" -l no-priors -d "Forget the shipped lists"
complete -c maillon -n "__fish_seen_subcommand_from link" -l no-report -d "No report.html"
complete -c maillon -n "__fish_seen_subcommand_from link explain score" -l json -d "As JSON"
complete -c maillon -n "__fish_seen_subcommand_from explain" -f -l lang -x -a "en fr" -d "Language"
complete -c maillon -n "__fish_seen_subcommand_from synth" -l records -x -d "How many declarations"
complete -c maillon -n "__fish_seen_subcommand_from synth" -l seed -x -d "Same seed, same world"
