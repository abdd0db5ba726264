/* The machine's agent: keeps shells alive between visits, and connects the server to its sockets and files. */
#include "agent.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int usage(void) {
    fputs("usage: agent terminal NAME COLS ROWS\n"
          "       agent terminal-start NAME COLS ROWS\n"
          "       agent terminal-end NAME\n"
          "       agent dial unix:PATH | tcp:PORT\n"
          "       agent ready MILLISECONDS\n"
          "       agent await unix:PATH MILLISECONDS\n"
          "       agent files\n"
          "       agent neighbours PORT [NAME]...\n",
          stderr);
    return BAD_USAGE;
}

/* A number from 1 to `max`, or 0. */
static long number(const char *text, long max) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    return errno == 0 && *text && *end == 0 && value >= 1 && value <= max ? value : 0;
}

/* The name becomes part of a path: nothing but letters, digits and hyphens. */
static bool is_name(const char *text) {
    size_t length = strlen(text);
    return length >= 1 && length <= NAME_MAX_BYTES &&
           strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN);
    const char *verb = argc > 1 ? argv[1] : "";
    if (argc == 2 && strcmp(verb, "files") == 0) return files();
    if (argc == 3 && strcmp(verb, "dial") == 0) return dial(argv[2]);
    if (argc == 3 && strcmp(verb, "ready") == 0 && number(argv[2], 600000))
        return wait_ready(number(argv[2], 600000));
    if (argc == 4 && strcmp(verb, "await") == 0 && number(argv[3], 3600000))
        return await_listener(argv[2], number(argv[3], 3600000));
    if (argc >= 3 && strcmp(verb, "neighbours") == 0 && number(argv[2], 65535)) {
        for (int i = 3; i < argc; i++)
            if (!is_name(argv[i])) return usage();
        return lend_engines(argv[2], argv + 3, argc - 3);
    }
    if (argc == 3 && strcmp(verb, "terminal-end") == 0 && is_name(argv[2])) return end_terminal(argv[2]);
    if (argc < 5 || !is_name(argv[2])) return usage();
    uint16_t cols = (uint16_t)number(argv[3], 1000), rows = (uint16_t)number(argv[4], 1000);
    if (!cols || !rows) return usage();
    if (argc == 5 && strcmp(verb, "terminal") == 0) return terminal(argv[2], cols, rows, false);
    if (argc == 5 && strcmp(verb, "terminal-start") == 0) return terminal(argv[2], cols, rows, true);
    /* How `terminal` starts the holder, through the learners' group. */
    if (argc == 6 && strcmp(verb, "hold") == 0) return hold(argv[2], cols, rows, (int)number(argv[5], 1000));
    return usage();
}
