# bash completion of maillon; checked against --help by tests/cli/documents_test.py.
_maillon() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
    case $before in
        --lang) mapfile -t COMPREPLY < <(compgen -W "en fr" -- "$word"); return ;;
        --out) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
        --mapping | --key | --rejects) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
        --country | --threads | --records | --seed) return ;;
    esac
    if ((COMP_CWORD == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "extract link explain synth score --help --version" -- "$word")
        return
    fi
    local options=--help
    case $command in
        extract) options+=" --mapping --key --country --threads --rejects --quiet" ;;
        link) options+=" --mapping --key --country --threads --out --no-priors --no-report --quiet --json" ;;
        explain) options+=" --out --lang --json" ;;
        synth) options+=" --records --seed --out --quiet" ;;
        score) options+=" --json" ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    elif [[ $command != explain ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}
complete -o filenames -F _maillon maillon
