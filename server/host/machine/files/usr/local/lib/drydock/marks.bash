# Tells the terminal where each prompt and command begins and ends: OSC 133 and, with the line itself, OSC 633;E.
# Loaded once, by the login shell that a terminal starts. Marks that mean something carry the terminal's nonce, so
# that a file with such bytes in it says nothing when it is printed.
__drydock_nonce=$DRYDOCK_NONCE
unset DRYDOCK_NONCE
__drydock_line_max=4096
# The history number that the next command has if it is recorded: one with a leading space is not.
__drydock_number=
__drydock_started=
# A command has begun since the last prompt: of lines pasted at once the next comes without a prompt between.
__drydock_running=
__drydock_none=

# Writes $1 as one printable line; backslash, semicolon and control characters become \xHH.
__drydock_escape() {
  local LC_ALL=C text=${1:0:$__drydock_line_max}
  text=${text//\\/\\x5c}
  text=${text//;/\\x3b}
  text=${text//$'\n'/\\x0a}
  text=${text//$'\t'/\\x09}
  text=${text//$'\e'/\\x1b}
  printf %s "${text//[$'\x01'-$'\x1f\x7f']/}"
}

# Runs in PS0, just before a command, in a subshell: it can print, but set nothing.
__drydock_before() {
  local code=$? entry='' line=''
  [[ $__drydock_running ]] && printf '\e]133;D;%s;%s\a' "$code" "$__drydock_nonce"
  if [[ $1 == "$__drydock_number" ]]; then
    entry=$(HISTTIMEFORMAT='' builtin history 1)
    [[ $entry =~ ^\ *[0-9]+\*?\ \ (.*)$ ]] && line=${BASH_REMATCH[1]}
  fi
  printf '\e]633;E;%s;%s\a\e]133;C\a' "$(__drydock_escape "$line")" "$__drydock_nonce"
}

# Runs before each prompt: reports the exit code, and dresses a prompt that was changed meanwhile.
__drydock_after() {
  local code=$?
  # A prompt after an empty line or Ctrl-C ended no command: only C, seen by the reader, makes D count.
  [[ $__drydock_started ]] && printf '\e]133;D;%s;%s\a' "$code" "$__drydock_nonce"
  __drydock_started=1
  __drydock_running=
  __drydock_number=$HISTCMD
  [[ $PS1 == *'133;A'* ]] || PS1='\[\e]133;A\a\]'$PS1'\[\e]133;B\a\]'
  # What arithmetic sets stays set; as the offset in an empty word it prints nothing.
  [[ $PS0 == *__drydock_before* ]] ||
    PS0+='$(__drydock_before \!)${__drydock_none:$((__drydock_running=1, __drydock_number=\!+1)):0}'
}

# Far behind, so that a learner's own PROMPT_COMMAND stays in place.
PROMPT_COMMAND[99]=__drydock_after
