# bash completion of maillon; checked against --help by tests/cli/documents_test.py.
_maillon() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command=maillon
    local -A groups=(
        ["maillon"]="extract link explain synth score orientation check serve config migrate routes backup restore ledger receipt admin engine"
        ["maillon ledger"]="verify key"
        ["maillon receipt"]="verify"
        ["maillon admin"]="api-key read message ask transfer close erase domain load"
        ["maillon admin api-key"]="create revoke"
        ["maillon admin domain"]="confirm withdraw list"
        ["maillon engine"]="rebuild"
    )
    case $before in
        --lang) mapfile -t COMPREPLY < <(compgen -W "en fr" -- "$word"); return ;;
        --out | --data | --to | --keys | --from) mapfile -t COMPREPLY < <(compgen -d -- "$word"); return ;;
        --mapping | --key | --rejects | --config | --evidence | --html) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
        --country | --threads | --records | --seed | --listen | --reason) return ;;
    esac
    # The command may have several words: "admin api-key create".
    local at=1
    while [ -n "${groups["$command"]-}" ]; do
        if ((at == COMP_CWORD)); then
            local more=--help
            [ "$command" != maillon ] || more+=" --version"
            mapfile -t COMPREPLY < <(compgen -W "${groups["$command"]} $more" -- "$word")
            return
        fi
        command+=" ${COMP_WORDS[at]}"
        ((++at))
    done
    local options=--help place=" --data --config"
    command=${command#maillon }
    case $command in
        extract) options+=" --mapping --key --country --threads --rejects --quiet" ;;
        link) options+=" --mapping --key --country --threads --out --no-priors --no-report --quiet --json" ;;
        explain) options+=" --out --lang --json" ;;
        synth) options+=" --records --seed --out --quiet" ;;
        score) options+=" --json" ;;
        orientation) options+=" --explain --html --lang --json --table" ;;
        check) options+=" --lang --json" ;;
        serve) options+="$place --listen" ;;
        config) options+="$place --file" ;;
        migrate) options+="$place --check" ;;
        routes) options+="$place --json" ;;
        backup) options+="$place --to --keys" ;;
        restore) options+="$place --from --keys" ;;
        "ledger verify" | "admin load") options+="$place --quiet" ;;
        "receipt verify") options+=" --key --evidence" ;;
        "ledger key" | "engine rebuild" | "admin api-key "* | "admin domain list") options+="$place" ;;
        "admin "*) options+="$place --reason" ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    elif [[ $command != explain ]]; then
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}
complete -o filenames -F _maillon maillon
