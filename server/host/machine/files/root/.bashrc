# The prompt is set in /etc/bash.bashrc; add your own aliases and settings here.
export LS_OPTIONS='--color=auto'
alias ls='ls $LS_OPTIONS'
alias ll='ls $LS_OPTIONS -l'
alias la='ls $LS_OPTIONS -lA'
alias grep='grep --color=auto'
