/**
 * What a shell runs when Tab is pressed: it hands over what was typed, as it was typed, and takes a
 * line for each word that fits. Nothing of what was typed is evaluated.
 */
export const completionScripts: Readonly<Record<string, string>> = {
	bash: `# bash completion for callsim. In ~/.bashrc: source <(callsim completion bash)
_callsim() {
  local line end at='' typed=\${COMP_LINE:0:COMP_POINT} current=\${COMP_WORDS[COMP_CWORD]#[@=]} IFS=$'\\n'
  [[ $typed == *@"$current" ]] && at=@
  COMPREPLY=()
  while IFS= read -r line; do
    if [ "$line" = ':files' ]; then
      while IFS= read -r line; do
        if [ -d "$line" ]; then end=/; else end=' '; fi
        COMPREPLY+=("$at$(printf %q "$line")$end")
      done < <(compgen -f -- "$current" 2>/dev/null)
    else
      COMPREPLY+=("$line")
    fi
  done < <(command callsim complete bash "$COMP_WORDBREAKS" "$typed" 2>/dev/null </dev/null)
}
complete -o nospace -F _callsim callsim
`,
	zsh: `#compdef callsim
# zsh completion for callsim. In ~/.zshrc, behind compinit: source <(callsim completion zsh)
_callsim() {
  local line value
  local -a open openShown done doneShown
  for line in "\${(@f)$(command callsim complete zsh "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)}"; do
    if [[ $line == ':files' ]]; then
      compset -P '@'
      _files
      continue
    fi
    value=\${line%%$'\\t'*}
    [[ -z $value ]] && continue
    if [[ $value == *' ' ]]; then
      done+=("\${value% }")
      doneShown+=("\${value% }  \${line#*$'\\t'}")
    else
      open+=("$value")
      openShown+=("$value  \${line#*$'\\t'}")
    fi
  done
  (( $#done )) && compadd -l -d doneShown -a done
  (( $#open )) && compadd -l -S '' -d openShown -a open
  return 0
}
compdef _callsim callsim
`,
	fish: `# fish completion for callsim. In ~/.config/fish/config.fish: callsim completion fish | source
function __callsim_complete
    set -l before (commandline -opc)
    set -e before[1]
    set -l current (commandline -ct)
    for line in (command callsim complete fish $before "$current" 2>/dev/null </dev/null)
        if test "$line" = ':files'
            __fish_complete_path (string replace -r '^@' '' -- "$current")
        else
            echo -- $line
        end
    end
end
complete -c callsim -e
complete -c callsim -f -a '(__callsim_complete)'
`,
};
