/* An interactive login shell on a PTY: its start, its size, its input, its end. */
#include "holder.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* bash writes its history in a few milliseconds; a learner's trap may take longer and is not waited for. */
#define HANG_UP_MS 300

static const char *home_directory(void) { return env_or("DRYDOCK_HOME", "/root"); }

static _Noreturn void become_shell(const struct shell *shell) {
    setsid();
    ioctl(shell->slave, TIOCSCTTY, 0);
    for (int fd = 0; fd <= 2; fd++) dup2(shell->slave, fd);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    char home[PATH_BYTES], nonce[128];
    snprintf(home, sizeof home, "HOME=%s", home_directory());
    snprintf(nonce, sizeof nonce, "DRYDOCK_NONCE=%s", env_or("DRYDOCK_NONCE", ""));
    /* A clean environment: what the machine was started with is no learner's business. */
    char *const environment[] = {
        home,           nonce,           "USER=root",           "LOGNAME=root",        "SHELL=/bin/bash",
        "LANG=C.UTF-8", "TERM=xterm-256color", "COLORTERM=truecolor", "HISTCONTROL=ignorespace",
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", NULL};
    execle("/bin/bash", "-bash", (char *)NULL, environment);
    _exit(127);
}

int start_shell(struct shell *shell, const char *name, uint16_t cols, uint16_t rows) {
    shell->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (shell->master < 0 || grantpt(shell->master) != 0 || unlockpt(shell->master) != 0) return -1;
    char tty[64];
    if (ptsname_r(shell->master, tty, sizeof tty) != 0) return -1;
    /* Kept open by us too, or a moment without any reader would look like the end of the shell. */
    shell->slave = open(tty, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (shell->slave < 0) return -1;
    struct termios modes;
    if (tcgetattr(shell->slave, &modes) == 0) {
        modes.c_iflag |= IUTF8;
        tcsetattr(shell->slave, TCSANOW, &modes);
    }
    resize_shell(shell, cols, rows);
    /* Before the fork: from its first moment the shell is where it begins, whoever looks where it is. */
    if (!enter_directory(name) && chdir(home_directory()) != 0 && chdir("/") != 0) return -1;
    shell->pid = fork();
    if (shell->pid == 0) become_shell(shell);
    /* We keep no disk of the learner's busy. */
    if (chdir("/") != 0 || shell->pid < 0) return -1;
    shell->running = true;
    return 0;
}

void resize_shell(const struct shell *shell, uint16_t cols, uint16_t rows) {
    struct winsize size = {.ws_col = cols, .ws_row = rows};
    if (cols > 0 && rows > 0) ioctl(shell->master, TIOCSWINSZ, &size);
}

size_t input_room(const struct shell *shell) { return INPUT_MAX - shell->input_length; }

/* Gives the program what it takes now. */
void drain_input(struct shell *shell) {
    while (shell->input_length > 0) {
        ssize_t written = write(shell->master, shell->input + shell->input_start, shell->input_length);
        if (written <= 0) {
            /* Nobody will ever read it when the terminal is gone. */
            if (written < 0 && errno != EAGAIN && errno != EINTR) shell->input_length = 0;
            return;
        }
        shell->input_start += (size_t)written;
        shell->input_length -= (size_t)written;
    }
    shell->input_start = 0;
}

/* The last interrupt key in the bytes; none where a program has taken the key for itself. */
static const uint8_t *last_interrupt(const struct shell *shell, const uint8_t *bytes, size_t length) {
    struct termios modes;
    if (tcgetattr(shell->slave, &modes) != 0 || !(modes.c_lflag & ISIG)) return NULL;
    return memrchr(bytes, modes.c_cc[VINTR], length);
}

/* The program reads nothing: an interrupt must not wait behind what is not read and, as in the kernel's own
   terminals, throws that away. */
static void let_interrupt_through(struct shell *shell) {
    const uint8_t *waiting = shell->input + shell->input_start;
    const uint8_t *key = last_interrupt(shell, waiting, shell->input_length);
    if (!key) return;
    size_t skipped = (size_t)(key - waiting) + 1;
    shell->input_start += skipped;
    shell->input_length -= skipped;
    tcflush(shell->slave, TCIFLUSH);
    ioctl(shell->master, TIOCSIG, SIGINT);
    drain_input(shell);
}

void give_input(struct shell *shell, const uint8_t *bytes, size_t length) {
    const uint8_t *key = length > input_room(shell) ? last_interrupt(shell, bytes, length) : NULL;
    if (key) {
        /* It throws away what waits: so there is room for it. */
        length -= (size_t)(key - bytes);
        bytes = key;
        shell->input_start = shell->input_length = 0;
    }
    if (length > input_room(shell)) length = input_room(shell);
    if (shell->input_start + shell->input_length + length > INPUT_MAX) {
        memmove(shell->input, shell->input + shell->input_start, shell->input_length);
        shell->input_start = 0;
    }
    memcpy(shell->input + shell->input_start + shell->input_length, bytes, length);
    shell->input_length += length;
    drain_input(shell);
    if (shell->input_length > 0) let_interrupt_through(shell);
}

void reap_shell(struct shell *shell) {
    int status;
    pid_t ended;
    /* Through double forks in odd places we may have become somebody's parent: take all that ended. */
    while ((ended = waitpid(-1, &status, WNOHANG)) > 0) {
        if (ended != shell->pid) continue;
        shell->running = false;
        shell->exit_code = (uint32_t)(WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
    }
}

void hang_up(struct shell *shell) {
    close(shell->slave);
    close(shell->master);
    for (long long until = now_ms() + HANG_UP_MS; shell->running && now_ms() < until;) {
        poll(NULL, 0, 5);
        reap_shell(shell);
    }
}
